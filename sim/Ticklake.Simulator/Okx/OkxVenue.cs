using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Okx;

/// <summary>One simulated market of the exchange: its instruments and its two sockets, public and business (okx.md 1).</summary>
sealed class OkxVenue : SimulatedVenue
{
    readonly Dictionary<string, OkxMarket> _markets = [];

    /// <summary>Three new connections a second (okx.md 2).</summary>
    public OkxVenue(VenueParts parts)
        : base(parts, new ConnectLimit(3, TimeSpan.FromSeconds(1)))
    {
        foreach (var (symbol, scripted) in parts.CreateMarkets(Timeframe.Okx, fillsEmptyBuckets: true))
            _markets.Add(symbol, new OkxMarket(scripted, parts.Timeline));
    }

    public IReadOnlyCollection<OkxMarket> Markets => [.. _markets.Values.Where(m => Parts.Lists(m.Symbol))];

    /// <summary>The client appends the socket's name.</summary>
    public override string WebSocketPath => $"/{Id}/ws/v5";

    public override ScriptedMarket? Market(string symbol) => _markets.GetValueOrDefault(symbol)?.Market;

    public OkxMarket? Find(string symbol) => Parts.Lists(symbol) ? _markets.GetValueOrDefault(symbol) : null;

    /// <summary>The 400 levels a side that every client of <c>books</c> has been sent.</summary>
    public override BookSnapshot? Window(string stream) =>
        stream.StartsWith("books:", StringComparison.Ordinal) ? Find(stream["books:".Length..])?.Depth.Window() : null;

    public override void Map(WebApplication server)
    {
        var rest = new OkxRest(this);
        server.Map(WebSocketPath + "/public", context => ServeAsync(context, isBusiness: false));
        server.Map(WebSocketPath + "/business", context => ServeAsync(context, isBusiness: true));
        server.MapGet($"/{Id}/api/v5/{{**path}}", (HttpContext context, string path) => rest.ServeAsync(context, path));
    }

    Task ServeAsync(HttpContext context, bool isBusiness) =>
        ServeAsync(context, socket => new OkxConnection(this, socket, context.Request.Path, isBusiness));
}
