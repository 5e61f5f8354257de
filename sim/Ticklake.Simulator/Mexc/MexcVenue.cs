using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Mexc;

/// <summary>The simulated exchange: its markets, its open connections and its doors.</summary>
sealed class MexcVenue : SimulatedVenue
{
    readonly Dictionary<string, MexcMarket> _markets = new(StringComparer.Ordinal);

    /// <summary>Connections of an address are not limited as far as is known; up to 300 were seen (mexc.md section 2).</summary>
    public MexcVenue(VenueParts parts)
        : base(parts, new ConnectLimit(300, TimeSpan.FromMinutes(1)))
    {
        foreach (var (symbol, scripted) in parts.CreateMarkets(Timeframe.Mexc, fillsEmptyBuckets: true))
            _markets.Add(symbol, new(scripted, parts.Timeline));
    }

    public IReadOnlyCollection<MexcMarket> Markets => [.. _markets.Values.Where(m => Parts.Lists(m.Market.Symbol.Symbol))];

    public override ScriptedMarket? Market(string symbol) => _markets.GetValueOrDefault(symbol)?.Market;

    /// <summary>Symbols are upper case and nothing else.</summary>
    public MexcMarket? Find(string symbol) => Parts.Lists(symbol) ? _markets.GetValueOrDefault(symbol) : null;

    public override void Map(WebApplication server)
    {
        var rest = new MexcRest(this);
        server.Map("/mexc/ws", context => ServeAsync(
            context, socket => new MexcConnection(this, socket, context.Request.Path)));
        server.MapGet("/mexc/api/v3/{**path}", (HttpContext context, string path) => rest.ServeAsync(context, path));
    }
}
