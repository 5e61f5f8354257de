using System.Text;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Mexc;

/// <summary>
/// Topics, <c>spot@public.aggre.deals.v3.api.pb@100ms@BTCUSDT</c>, and the streams they stand for. The speed stands before
/// the symbol; levels, interval and time zone stand behind it (mexc.md 3).
/// </summary>
static class MexcTopic
{
    public const string SlowVariant = "100ms";
    public const string FastVariant = "10ms";
    public const string BatchVariant = "batch";

    /// <summary>The ticker's default: rolling 24 hours.</summary>
    public const string RollingDay = "24H";

    const string Prefix = "spot@public.";
    const string Suffix = ".v3.api.pb";

    public static readonly string[] Speeds = [SlowVariant, FastVariant];
    public static readonly string[] QuoteSpeeds = [SlowVariant, FastVariant, BatchVariant];
    public static readonly string[] Levels = ["5", "10", "20"];

    public static readonly string[] Timeframes = ["1m", "5m", "15m", "30m", "1h", "4h", "8h", "1d", "1w", "1M"];

    static readonly string[] Intervals =
        ["Min1", "Min5", "Min15", "Min30", "Min60", "Hour4", "Hour8", "Day1", "Week1", "Month1"];

    public static readonly string[] Zones =
    [
        RollingDay, "UTC-10", "UTC-8", "UTC-7", "UTC-6", "UTC-5", "UTC-4", "UTC-3",
        "UTC+0", "UTC+1", "UTC+2", "UTC+3", "UTC+4", "UTC+4:30", "UTC+5", "UTC+5:30", "UTC+6", "UTC+7", "UTC+8",
        "UTC+9", "UTC+10", "UTC+11", "UTC+12", "UTC+12:45", "UTC+13",
    ];

    public static string Of(StreamKey key)
    {
        var symbol = key.Symbol;
        return key.Channel switch
        {
            Channel.Trades => Aggregate("deals", key),
            Channel.Books => Aggregate("depth", key),
            Channel.BookTicker when key.Variant == BatchVariant => Join("bookTicker.batch", symbol),
            Channel.BookTicker => Aggregate("bookTicker", key),
            Channel.DepthSnapshots => Join("limit.depth", symbol, key.Variant),
            Channel.Candles => Join("kline", symbol, Intervals[Array.IndexOf(Timeframes, key.Variant)]),
            Channel.Ticker => Join("miniTicker", symbol, ZoneOf(key.Variant)),
            _ => throw new ArgumentException($"MEXC has no {key.Channel.Name()}.", nameof(key)),
        };
    }

    /// <summary>A candle's interval as topics and bodies write it.</summary>
    public static byte[] IntervalOf(string timeframe) =>
        Encoding.ASCII.GetBytes(Intervals[Array.IndexOf(Timeframes, timeframe)]);

    /// <summary>A time zone as a stream's variant: fit for a file name, and nothing for the default.</summary>
    public static string VariantOfZone(string zone) => zone == RollingDay ? "" : zone.Replace(":", "");

    /// <summary>A glance at the topic that costs nothing; <see cref="TryParse"/> says for certain.</summary>
    public static bool MayBeRecorded(ReadOnlySpan<byte> topic)
    {
        if (!topic.StartsWith("spot@public."u8))
            return false;
        var type = topic["spot@public."u8.Length..];
        var end = type.IndexOf(".v3.api.pb@"u8);
        type = end < 0 ? default : type[..end];
        return type.SequenceEqual("aggre.deals"u8) || type.SequenceEqual("aggre.depth"u8)
            || type.SequenceEqual("aggre.bookTicker"u8) || type.SequenceEqual("bookTicker.batch"u8)
            || type.SequenceEqual("limit.depth"u8) || type.SequenceEqual("kline"u8) || type.SequenceEqual("miniTicker"u8);
    }

    /// <summary>False for topics that are not recorded (all symbols at once, those of before 2025 …).</summary>
    public static bool TryParse(string topic, out MexcStreamKind kind, out StreamKey key)
    {
        kind = default;
        key = null!;
        if (!topic.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var parts = topic[Prefix.Length..].Split('@');
        if (!parts[0].EndsWith(Suffix, StringComparison.Ordinal))
            return false;
        var type = parts[0][..^Suffix.Length];
        var read = type.StartsWith("aggre.", StringComparison.Ordinal) ? ReadAggregate(type, parts) : ReadOther(type, parts);
        if (read is not var (found, channel, symbol, variant) || symbol.Length == 0)
            return false;
        (kind, key) = (found, new StreamKey(MexcExchange.Spot, channel, symbol, variant));
        return true;
    }

    static (MexcStreamKind, Channel, string Symbol, string Variant)? ReadAggregate(string type, string[] parts)
    {
        if (parts is not [_, SlowVariant or FastVariant, var symbol])
            return null;
        var variant = parts[1] == SlowVariant ? "" : FastVariant;
        return type switch
        {
            "aggre.deals" => (MexcStreamKind.Deals, Channel.Trades, symbol, variant),
            "aggre.depth" => (MexcStreamKind.Depth, Channel.Books, symbol, variant),
            "aggre.bookTicker" => (MexcStreamKind.BookTicker, Channel.BookTicker, symbol, variant),
            _ => null,
        };
    }

    static (MexcStreamKind, Channel, string Symbol, string Variant)? ReadOther(string type, string[] parts) =>
        (type, parts) switch
        {
            ("bookTicker.batch", [_, var symbol]) =>
                (MexcStreamKind.BookTickerBatch, Channel.BookTicker, symbol, BatchVariant),
            ("limit.depth", [_, var symbol, var levels]) when Levels.Contains(levels) =>
                (MexcStreamKind.LimitDepth, Channel.DepthSnapshots, symbol, levels),
            ("kline", [_, var symbol, var interval]) when Intervals.Contains(interval) =>
                (MexcStreamKind.Candle, Channel.Candles, symbol, Timeframes[Array.IndexOf(Intervals, interval)]),
            ("miniTicker", [_, var symbol, var zone]) when Zones.Contains(zone) =>
                (MexcStreamKind.MiniTicker, Channel.Ticker, symbol, VariantOfZone(zone)),
            _ => null,
        };

    static string ZoneOf(string variant) => Zones.First(zone => VariantOfZone(zone) == variant);

    static string Aggregate(string type, StreamKey key) =>
        Join($"aggre.{type}", key.Variant == FastVariant ? FastVariant : SlowVariant, key.Symbol);

    static string Join(string type, params string[] rest) => $"{Prefix}{type}{Suffix}@{string.Join('@', rest)}";
}
