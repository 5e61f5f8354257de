using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Upbit;

/// <summary>The simulated exchange: its markets, its open connections and its doors.</summary>
sealed class UpbitVenue : SimulatedVenue
{
    const long Minute = 60_000;

    static readonly Timeframe[] Timeframes =
    [
        new("1s", 1_000), new("1m", Minute), new("3m", 3 * Minute), new("5m", 5 * Minute), new("10m", 10 * Minute),
        new("15m", 15 * Minute), new("30m", 30 * Minute), new("60m", 60 * Minute), new("240m", 240 * Minute),
    ];

    readonly Dictionary<string, ScriptedMarket> _markets;

    /// <summary>Five attempts a second (upbit.md section 2).</summary>
    public UpbitVenue(VenueParts parts)
        : base(parts, new ConnectLimit(5, TimeSpan.FromSeconds(1))) =>
        _markets = parts.CreateMarkets(Timeframes, fillsEmptyBuckets: false);

    public IReadOnlyCollection<ScriptedMarket> Markets => [.. _markets.Values.Where(m => Parts.Lists(m.Symbol.Symbol))];

    public override ScriptedMarket? Market(string symbol) => _markets.GetValueOrDefault(symbol);

    /// <summary>The levels that a book frame shows.</summary>
    public override BookSnapshot? Window(string stream) =>
        stream.Split(' ') is ["orderbook", var name] && name.Split('.') is var code
            ? Market(code[0])?.TakeSnapshot(StreamPlan.DepthOf(code))
            : null;

    public override void Map(WebApplication server)
    {
        var rest = new UpbitRest(this);
        server.Map("/upbit/websocket/v1", (HttpContext context) =>
            ServeAsync(context, socket => new UpbitConnection(this, socket, context.Request.Path)));
        server.MapGet("/upbit/v1/{**path}", (HttpContext context, string path) => rest.ServeAsync(context, path));
    }
}
