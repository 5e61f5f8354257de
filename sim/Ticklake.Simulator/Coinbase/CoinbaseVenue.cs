using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Coinbase;

/// <summary>The simulated exchange: one set of books behind the doors of two APIs.</summary>
sealed class CoinbaseVenue : SimulatedVenue
{
    const string AliasSuffix = "-USDC";

    static readonly Timeframe FiveMinutes = new("5m", 300_000);

    readonly Dictionary<string, CoinbaseMarket> _markets = [];

    /// <summary>Eight attempts a second and address (coinbase.md 2.1, 2.2).</summary>
    public CoinbaseVenue(VenueParts parts)
        : base(parts, new ConnectLimit(8, TimeSpan.FromSeconds(1)))
    {
        foreach (var (symbol, scripted) in parts.CreateMarkets([FiveMinutes], fillsEmptyBuckets: false))
            _markets.Add(symbol, new CoinbaseMarket(scripted, parts.Timeline));
    }

    public IReadOnlyCollection<CoinbaseMarket> Markets => _markets.Values;

    public override ScriptedMarket? Market(string symbol) => Find(symbol)?.Market;

    public CoinbaseMarket? Find(string product) => _markets.GetValueOrDefault(product);

    /// <summary>
    /// The product under whose name another one is delivered: most USDC products are their USD one (4.14).
    /// </summary>
    public string Resolve(string product) =>
        product.EndsWith(AliasSuffix, StringComparison.Ordinal) && _markets.ContainsKey(product[..^1])
            ? product[..^1]
            : product;

    public override IReadOnlyDictionary<string, string> OtherDoors { get; } =
        new Dictionary<string, string> { ["exchange"] = "/coinbase/exchange" };

    public override void Map(WebApplication server)
    {
        var rest = new CoinbaseRest(this);
        server.Map("/coinbase/exchange", context => ServeAsync(
            context, socket => new CoinbaseExchangeConnection(this, socket, context.Request.Path)));
        server.Map("/coinbase", context => ServeAsync(
            context, socket => new CoinbaseAdvancedConnection(this, socket, context.Request.Path)));
        server.MapGet("/coinbase/{**path}", (HttpContext context, string path) => rest.ServeAsync(context, path));
    }
}
