using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Binance;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.BinanceFutures;

/// <summary>
/// Binance USD-M futures: two doors since 2026, each of which acknowledges what only the other delivers; the old address
/// still connects and delivers what the public door does (binance.md section B1).
/// </summary>
sealed class FuturesVenue : BinanceFamilyVenue
{
    public const string PublicDoor = "public";
    const string MarketDoor = "market";

    readonly Dictionary<string, FuturesMarket> _markets = [];
    readonly Dictionary<string, FuturesMarket> _lowerCase = new(StringComparer.Ordinal);

    /// <summary>Ten messages a second, a ping every three minutes, ten minutes for the pong (binance.md section B2).</summary>
    public FuturesVenue(VenueParts parts)
        : base(parts, new BinanceManners(
            10, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(10), parts.Options.BinanceConnectionLife,
            AnnouncesShutdown: false))
    {
        var timeframes = Timeframe.Binance.Where(t => t.Name != "1s").ToArray();
        foreach (var (symbol, scripted) in parts.CreateMarkets(timeframes, fillsEmptyBuckets: true))
        {
            var market = new FuturesMarket(scripted, parts.Timeline);
            _markets.Add(symbol, market);
            _lowerCase.Add(symbol.ToLowerInvariant(), market);
        }
    }

    public IReadOnlyCollection<FuturesMarket> Markets => [.. _markets.Values.Where(m => Parts.Lists(m.Symbol))];

    public override ScriptedMarket? Market(string symbol) => _markets.GetValueOrDefault(symbol)?.Market;

    public FuturesMarket? Find(string symbol) => Parts.Lists(symbol) ? _markets.GetValueOrDefault(symbol) : null;

    public FuturesMarket? FindLowerCase(string symbol) =>
        _lowerCase.GetValueOrDefault(symbol) is { } market && Parts.Lists(market.Symbol) ? market : null;

    public override StreamPlan? Plan(string name, BinanceDoor door) => FuturesPlans.For(name, door.Name, this);

    public override void Skip(TruthStream stream, int count)
    {
        if (stream.Name.EndsWith("@aggTrade", StringComparison.Ordinal))
            Find(stream.Symbol)?.SkipAggregates(count);
        else if (stream.Table == "trades")
            Market(stream.Symbol)?.SkipTradeIds(count);
        else
            Market(stream.Symbol)?.SkipUpdateIds(count);
    }

    public override void Map(WebApplication server)
    {
        var rest = new FuturesRest(this);
        MapDoor(server, "/binance-usdm", PublicDoor);
        MapDoor(server, "/binance-usdm/public", PublicDoor);
        MapDoor(server, "/binance-usdm/market", MarketDoor);
        server.MapGet(
            "/binance-usdm/fapi/v1/{**path}", (HttpContext context, string path) => rest.ServeAsync(context, path));
    }

    void MapDoor(WebApplication server, string root, string door)
    {
        server.Map(root + "/stream", context => ServeAsync(context, "", isCombined: true, door));
        server.Map(root + "/ws/{**streams}", (HttpContext context, string? streams) =>
            ServeAsync(context, streams ?? "", isCombined: false, door));
    }
}
