using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Binance;

/// <summary>The simulated exchange: its markets, its open connections and its WebSocket door.</summary>
sealed class BinanceVenue : BinanceFamilyVenue
{
    static readonly string[] LoadedDepths = ["@depth", "@depth@100ms"];

    readonly Dictionary<string, BinanceMarket> _markets = [];
    readonly Dictionary<string, BinanceMarket> _lowerCase = new(StringComparer.Ordinal);

    /// <summary>Five messages a second, pings every 20 s (binance.md section A2).</summary>
    public BinanceVenue(VenueParts parts)
        : base(parts, new BinanceManners(
            5, parts.Options.BinancePingInterval, TimeSpan.FromMinutes(1), parts.Options.BinanceConnectionLife,
            AnnouncesShutdown: true))
    {
        foreach (var (symbol, scripted) in parts.CreateMarkets(Timeframe.Binance, fillsEmptyBuckets: true))
        {
            var market = new BinanceMarket(scripted, parts.Timeline);
            _markets.Add(symbol, market);
            _lowerCase.Add(symbol.ToLowerInvariant(), market);
        }
    }

    public IReadOnlyCollection<BinanceMarket> Markets => [.. _markets.Values.Where(m => Parts.Lists(m.Symbol))];

    public override ScriptedMarket? Market(string symbol) => _markets.GetValueOrDefault(symbol)?.Market;

    public override StreamPlan? Plan(string name, BinanceDoor door)
    {
        var plan = StreamPlan.For(name, this);
        return Parts.Options.Firehose ? plan?.UnderLoad(name, this) : plan;
    }

    public override void Skip(TruthStream stream, int count)
    {
        if (stream.Table == "trades")
            Market(stream.Symbol)?.SkipTradeIds(count);
        else
            Market(stream.Symbol)?.SkipUpdateIds(count);
    }

    public BinanceMarket? Find(string symbol) => Parts.Lists(symbol) ? _markets.GetValueOrDefault(symbol) : null;

    public BinanceMarket? FindLowerCase(string symbol) =>
        _lowerCase.GetValueOrDefault(symbol) is { } market && Parts.Lists(market.Symbol) ? market : null;

    /// <summary>The book of a load test as its youngest connection has been sent it, or null.</summary>
    public override BookSnapshot? Window(string stream) => Lanes(stream).LastOrDefault()?.Snapshot();

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

    IEnumerable<FirehoseDepthLane> Lanes(string stream) => Open.OfType<BinanceConnection>().SelectMany(c => c.Streams)
        .OfType<FirehoseStream>().Where(s => s.Stream.Name == stream).Select(s => s.Lane).OfType<FirehoseDepthLane>();

    public override void Map(WebApplication server)
    {
        var rest = new BinanceRest(this);
        server.Map("/binance/stream", context => ServeAsync(context, "", isCombined: true));
        server.Map("/binance/ws/{**streams}", (HttpContext context, string? streams) =>
            ServeAsync(context, streams ?? "", isCombined: false));
        server.MapGet("/binance/api/v3/{**path}", (HttpContext context, string path) => rest.ServeAsync(context, path));
    }
}
