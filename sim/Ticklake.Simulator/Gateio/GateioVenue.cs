using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Gateio;

/// <summary>The simulated exchange: its pairs, its open connections and its doors.</summary>
sealed class GateioVenue : SimulatedVenue
{
    const long Minute = 60_000;
    const long Hour = 60 * Minute;
    const long Day = 24 * Hour;

    // The WebSocket's and those that only REST has; 30d is the calendar month.
    static readonly Timeframe[] Timeframes =
    [
        new("1s", 1_000), new("10s", 10_000), new("30s", 30_000), new("1m", Minute), new("3m", 3 * Minute),
        new("5m", 5 * Minute), new("15m", 15 * Minute), new("30m", 30 * Minute), new("1h", Hour), new("2h", 2 * Hour),
        new("4h", 4 * Hour), new("6h", 6 * Hour), new("8h", 8 * Hour), new("12h", 12 * Hour), new("1d", Day),
        new("7d", 7 * Day), new("30d", 0),
    ];

    readonly Dictionary<string, GateioMarket> _markets;

    /// <summary>300 connections an address (gateio.md section 2); attempts are counted as if each stayed.</summary>
    public GateioVenue(VenueParts parts)
        : base(parts, new ConnectLimit(300, TimeSpan.FromMinutes(5)))
    {
        _markets = parts.CreateMarkets(Timeframes, fillsEmptyBuckets: true)
            .ToDictionary(m => m.Key, m => new GateioMarket(m.Value, parts.Timeline));
    }

    public IReadOnlyCollection<GateioMarket> Markets => [.. _markets.Values.Where(m => Parts.Lists(m.Market.Symbol.Symbol))];

    public GateioMarket? Find(string pair) => Parts.Lists(pair) ? _markets.GetValueOrDefault(pair) : null;

    public override ScriptedMarket? Market(string symbol) => _markets.GetValueOrDefault(symbol)?.Market;

    /// <summary>The levels that a book stream keeps.</summary>
    public override BookSnapshot? Window(string stream)
    {
        var (depth, pair) = stream.Split(' ') switch
        {
            ["spot.obu", var name] when name.EndsWith(".400", StringComparison.Ordinal) => (400, name[3..^4]),
            ["spot.obu", var name] when name.EndsWith(".50", StringComparison.Ordinal) => (50, name[3..^3]),
            ["spot.order_book_update", var name, "100ms"] => (100, name),
            ["spot.order_book_update", var name, "20ms"] => (20, name),
            _ => (0, ""),
        };
        return depth == 0 ? null : Market(pair)?.TakeSnapshot(depth);
    }

    public override void Map(WebApplication server)
    {
        var rest = new GateioRest(this);
        server.Map("/gateio/ws/v4", (HttpContext context) =>
            ServeAsync(context, socket => new GateioConnection(this, socket, context.Request.Path)));
        server.MapGet("/gateio/api/v4/spot/{**path}", (HttpContext context, string path) => rest.ServeAsync(context, path));
    }
}
