using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Binance;

/// <summary>The simulated exchange: its markets, its open connections and its WebSocket door.</summary>
sealed class BinanceVenue
{
    const int ConnectsPerWindow = 300;
    const long ConnectWindowUs = 300_000_000;

    static readonly string[] LoadedDepths = ["@depth", "@depth@100ms"];

    readonly Dictionary<string, BinanceMarket> _markets = [];
    readonly Dictionary<string, BinanceMarket> _lowerCase = new(StringComparer.Ordinal);
    readonly List<BinanceConnection> _connections = [];
    readonly Queue<long> _connects = new();

    public BinanceVenue(VenueParts parts)
    {
        Parts = parts;
        var options = parts.Options;
        var pace = new MarketPace(options.Seed, options.EventsPerSecond, Timeframe.Binance, FillsEmptyBuckets: true);
        foreach (var symbol in options.BinanceSymbols)
        {
            var market = new BinanceMarket(new(SymbolSpec.For(symbol), parts.Timeline, pace), parts.Timeline);
            _markets.Add(symbol, market);
            _lowerCase.Add(symbol.ToLowerInvariant(), market);
        }

        parts.Faults.Due += Strike;
    }

    public VenueParts Parts { get; }

    public IReadOnlyCollection<BinanceMarket> Markets => _markets.Values;

    public ScriptedMarket? Market(string symbol) => _markets.GetValueOrDefault(symbol)?.Market;

    public BinanceMarket? Find(string symbol) => _markets.GetValueOrDefault(symbol);

    public BinanceMarket? FindLowerCase(string symbol) => _lowerCase.GetValueOrDefault(symbol);

    /// <summary>The book of a load test as its youngest connection has been sent it, or null.</summary>
    public BookSnapshot? LoadBook(string stream) => Lanes(stream).LastOrDefault()?.Snapshot();

    /// <summary>
    /// The furthest update that any load test of the symbol has sent: a REST book of that moment joins every
    /// connection's
    /// differences, now or a little later.
    /// </summary>
    public long LoadUpdateId(string symbol)
    {
        var depths = LoadedDepths.SelectMany(d => Lanes(symbol.ToLowerInvariant() + d));
        return depths.Select(l => l.LastUpdateId).DefaultIfEmpty(BinanceMarket.LoadStart).Max();
    }

    IEnumerable<FirehoseDepthLane> Lanes(string stream) => _connections.SelectMany(c => c.Streams)
        .OfType<FirehoseStream>().Where(s => s.Stream.Name == stream).Select(s => s.Lane).OfType<FirehoseDepthLane>();

    public async Task ServeAsync(HttpContext context, string streams, bool isCombined)
    {
        if (RefusesConnect())
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        var query = context.Request.Query;
        var names = isCombined ? query["streams"].ToString() : streams;
        var unit = query["timeUnit"].ToString();
        var door = new BinanceDoor(
            context.Request.Path + context.Request.QueryString,
            names.Split('/', StringSplitOptions.RemoveEmptyEntries),
            isCombined,
            unit is "MICROSECOND" or "microsecond");
        if (await WebSocketUpgrade.AcceptAsync(context).ConfigureAwait(false) is not { } socket)
            return;
        BinanceConnection connection;
        lock (Parts.Timeline.Gate)
        {
            connection = new(this, socket, door);
            _connections.Add(connection);
        }

        await connection.RunAsync(context.RequestAborted).ConfigureAwait(false);
    }

    public void Leave(BinanceConnection connection) => _connections.Remove(connection);

    /// <summary>300 attempts in five minutes, when limits are kept (binance.md section A2).</summary>
    bool RefusesConnect()
    {
        lock (Parts.Timeline.Gate)
        {
            if (Parts.Faults.AtConnect("binance") is { } fault)
            {
                Parts.Truth.Fault(new(fault.Ordinal, fault.Spec.Kind.ToString(), null, 0, 0, "HTTP 429"));
                return true;
            }

            var now = Parts.Timeline.NowUs;
            while (_connects.TryPeek(out var first) && first <= now - ConnectWindowUs)
                _connects.Dequeue();
            if (Parts.Options.EnforcesLimits && _connects.Count >= ConnectsPerWindow)
                return true;
            _connects.Enqueue(now);
            return false;
        }
    }

    void Strike(ArmedFault fault)
    {
        foreach (var connection in _connections.ToArray())
        {
            if (fault.Spec.Fits("binance", null, connection.Ordinal))
                connection.Strike(fault);
        }
    }
}
