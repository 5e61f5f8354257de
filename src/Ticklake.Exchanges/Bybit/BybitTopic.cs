using System.Diagnostics.CodeAnalysis;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// Topics, <c>orderbook.200.BTCUSDT</c>, and the streams they stand for (bybit-exchange/docs, v5/websocket/public).
/// </summary>
static class BybitTopic
{
    public const string DefaultDepth = "200";
    const string BestDepth = "1";
    const string Books = "orderbook";
    const string Trades = "publicTrade";
    const string Tickers = "tickers";
    const string Candles = "kline";
    const string Liquidations = "allLiquidation";

    /// <summary>Depths that have deltas, the default first; 500 was removed on 2025-09-11.</summary>
    public static readonly string[] Depths = [DefaultDepth, "50", "1000"];

    // As people write them, and as the exchange does.
    static readonly (string Timeframe, string Interval)[] Intervals =
    [
        ("1m", "1"), ("3m", "3"), ("5m", "5"), ("15m", "15"), ("30m", "30"), ("1h", "60"), ("2h", "120"), ("4h", "240"),
        ("6h", "360"), ("12h", "720"), ("1d", "D"), ("1w", "W"), ("1M", "M"),
    ];

    public static string[] Timeframes { get; } = [.. Intervals.Select(i => i.Timeframe)];

    public static string Of(StreamKey key) => key.Channel switch
    {
        Channel.Books => $"{Books}.{DepthOf(key)}.{key.Symbol}",
        Channel.BookTicker => $"{Books}.{BestDepth}.{key.Symbol}",
        Channel.Trades => $"{Trades}.{key.Symbol}",
        Channel.Ticker => $"{Tickers}.{key.Symbol}",
        Channel.Candles => $"{Candles}.{IntervalOf(key)}.{key.Symbol}",
        Channel.Liquidations => $"{Liquidations}.{key.Symbol}",
        _ => throw new ArgumentException($"Bybit has no {key.Channel.Name()}.", nameof(key)),
    };

    /// <summary>Levels a side that a book stream keeps.</summary>
    public static string DepthOf(StreamKey key) => key.Variant.Length == 0 ? DefaultDepth : key.Variant;

    /// <summary>The exchange's word for a candle's length.</summary>
    public static string IntervalOf(StreamKey key) => Array.Find(Intervals, i => i.Timeframe == key.Variant).Interval;

    /// <summary>
    /// False for topics that are not recorded (<c>orderbook.rpi</c>, <c>priceLimit</c>, <c>insurance</c> …).
    /// </summary>
    public static bool TryParse(MarketId market, string topic, [NotNullWhen(true)] out StreamKey? key)
    {
        key = null;
        var parts = topic.Split('.');
        if (parts.Length is not (2 or 3) || BybitInstruments.FaultOf(parts[^1]) is not null)
            return false;
        (Channel Channel, string Variant)? of = parts switch
        {
            [Trades, _] => (Channel.Trades, ""),
            [Tickers, _] => (Channel.Ticker, ""),
            [Books, BestDepth, _] => (Channel.BookTicker, ""),
            [Books, DefaultDepth, _] => (Channel.Books, ""),
            [Books, var depth, _] when Depths.Contains(depth) => (Channel.Books, depth),
            [Candles, var interval, _]
                when Array.Find(Intervals, i => i.Interval == interval).Timeframe is { } timeframe
                => (Channel.Candles, timeframe),
            [Liquidations, _] when market == BybitExchange.Linear => (Channel.Liquidations, ""),
            _ => null,
        };
        if (of is not { } found)
            return false;
        key = new StreamKey(market, found.Channel, parts[^1], found.Variant);
        return true;
    }
}
