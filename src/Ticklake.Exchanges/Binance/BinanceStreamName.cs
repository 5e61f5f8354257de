using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// Stream names, <c>btcusdt@depth@100ms</c>, and the streams they stand for. Case-sensitive on the exchange: names are
/// lower case, but an upper-case one is acknowledged and stays silent, so they are only ever built here.
/// </summary>
static class BinanceStreamName
{
    public const string AggregateVariant = "agg";
    public const string SlowVariant = "1000ms";
    public const string FastVariant = "100ms";
    const string CandlePrefix = "kline_";
    const string DepthPrefix = "depth";

    public static readonly string[] Levels = ["5", "10", "20"];

    public static readonly string[] Timeframes =
        ["1s", "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M"];

    public static string Of(StreamKey key)
    {
        var type = key.Channel switch
        {
            Channel.Trades => key.Variant == AggregateVariant ? "aggTrade" : "trade",
            Channel.Books => key.Variant == SlowVariant ? "depth" : "depth@100ms",
            Channel.DepthSnapshots => PartialDepth(key.Variant),
            Channel.BookTicker => "bookTicker",
            Channel.Ticker => "ticker",
            Channel.Candles => CandlePrefix + key.Variant,
            _ => throw new ArgumentException($"Binance has no {key.Channel.Name()}.", nameof(key)),
        };
        return $"{key.Symbol.ToLowerInvariant()}@{type}";
    }

    /// <summary>A glance at the name that costs nothing; <see cref="TryParse"/> says for certain.</summary>
    public static bool MayBeRecorded(ReadOnlySpan<byte> name)
    {
        var type = name[(name.IndexOf((byte)'@') + 1)..];
        return type.SequenceEqual("trade"u8) || type.SequenceEqual("aggTrade"u8) || type.SequenceEqual("bookTicker"u8)
            || type.SequenceEqual("ticker"u8) || type.StartsWith("depth"u8)
            || (type.StartsWith("kline_"u8) && !type.Contains((byte)'@'));
    }

    /// <summary>False for streams that are not recorded (mini tickers, averages, all-market arrays …).</summary>
    public static bool TryParse(string name, out BinanceStreamKind kind, out StreamKey key)
    {
        kind = default;
        key = null!;
        var at = name.IndexOf('@');
        if (at < 1 || name[0] == '!' || !TryReadType(name[(at + 1)..], out kind, out var channel, out var variant))
            return false;
        key = new StreamKey(BinanceExchange.Spot, channel, name[..at].ToUpperInvariant(), variant);
        return true;
    }

    static bool TryReadType(string type, out BinanceStreamKind kind, out Channel channel, out string variant)
    {
        (kind, channel, variant) = type switch
        {
            "trade" => (BinanceStreamKind.Trade, Channel.Trades, ""),
            "aggTrade" => (BinanceStreamKind.AggregateTrade, Channel.Trades, AggregateVariant),
            "bookTicker" => (BinanceStreamKind.BookTicker, Channel.BookTicker, ""),
            "ticker" => (BinanceStreamKind.Ticker, Channel.Ticker, ""),
            "depth@100ms" => (BinanceStreamKind.Depth, Channel.Books, ""),
            "depth" => (BinanceStreamKind.Depth, Channel.Books, SlowVariant),
            _ => (default, Channel.Controls, ""),
        };
        if (channel != Channel.Controls)
            return true;
        if (type.StartsWith(CandlePrefix, StringComparison.Ordinal))
        {
            (kind, channel, variant) = (BinanceStreamKind.Candle, Channel.Candles, type[CandlePrefix.Length..]);
            return Timeframes.Contains(variant);
        }

        if (!type.StartsWith(DepthPrefix, StringComparison.Ordinal))
            return false;
        var parts = type[DepthPrefix.Length..].Split('@');
        (kind, channel) = (BinanceStreamKind.PartialDepth, Channel.DepthSnapshots);
        variant = $"{parts[0]}_{(parts.Length == 1 ? SlowVariant : FastVariant)}";
        return Levels.Contains(parts[0]) && (parts.Length == 1 || parts is [_, FastVariant]);
    }

    static string PartialDepth(string variant)
    {
        var parts = variant.Split('_');
        return parts[^1] == SlowVariant ? DepthPrefix + parts[0] : $"{DepthPrefix}{parts[0]}@{FastVariant}";
    }
}
