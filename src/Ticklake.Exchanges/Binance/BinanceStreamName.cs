using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// Stream names, <c>btcusdt@depth@100ms</c>, and the streams they stand for. Case-sensitive on the exchange: names are
/// lower case, but an upper-case one is acknowledged and stays silent, so they are only ever built here.
/// </summary>
static class BinanceStreamName
{
    public const string AggregateKind = "agg";
    public const string SlowMarkPrice = "3s";
    const string FastMarkPrice = "1s";
    const string CandlePrefix = "kline_";
    const string DepthPrefix = "depth";
    const string MarkPrice = "markPrice";

    public static readonly string[] Levels = ["5", "10", "20"];

    /// <summary>Intervals of mark prices, the default first.</summary>
    public static readonly string[] MarkPriceSpeeds = [FastMarkPrice, SlowMarkPrice];

    public static string Of(StreamKey key)
    {
        var profile = BinanceProfile.Of(key.Market)
            ?? throw new ArgumentException($"Binance has no market {key.Market}.", nameof(key));
        var type = key.Channel switch
        {
            Channel.Trades => Kind(profile, key.Variant) == AggregateKind ? "aggTrade" : "trade",
            Channel.Books => DepthPrefix + Suffix(profile, key.Variant.Length == 0 ? profile.Speeds[0] : key.Variant),
            Channel.DepthSnapshots => PartialDepth(profile, key.Variant),
            Channel.BookTicker => "bookTicker",
            Channel.Ticker => "ticker",
            Channel.Candles => CandlePrefix + key.Variant,
            Channel.MarkPrice => key.Variant == SlowMarkPrice ? MarkPrice : $"{MarkPrice}@{FastMarkPrice}",
            Channel.Liquidations => "forceOrder",
            _ => throw new ArgumentException($"Binance has no {key.Channel.Name()}.", nameof(key)),
        };
        return $"{key.Symbol.ToLowerInvariant()}@{type}";
    }

    /// <summary>A glance at the name that costs nothing; <see cref="TryParse"/> says for certain.</summary>
    public static bool MayBeRecorded(ReadOnlySpan<byte> name)
    {
        var type = name[(name.IndexOf((byte)'@') + 1)..];
        return type.SequenceEqual("trade"u8) || type.SequenceEqual("aggTrade"u8) || type.SequenceEqual("bookTicker"u8)
            || type.SequenceEqual("ticker"u8) || type.SequenceEqual("forceOrder"u8) || type.StartsWith("depth"u8)
            || type.StartsWith("markPrice"u8) || (type.StartsWith("kline_"u8) && !type.Contains((byte)'@'));
    }

    /// <summary>False for streams that are not recorded (mini tickers, averages, all-market arrays …).</summary>
    public static bool TryParse(BinanceProfile profile, string name, out BinanceStreamKind kind, out StreamKey key)
    {
        kind = default;
        key = null!;
        var at = name.IndexOf('@');
        if (at < 1 || name[0] == '!'
            || !TryReadType(profile, name[(at + 1)..], out kind, out var channel, out var variant))
            return false;
        key = new StreamKey(profile.Market, channel, name[..at].ToUpperInvariant(), variant);
        return true;
    }

    static bool TryReadType(
        BinanceProfile profile, string type, out BinanceStreamKind kind, out Channel channel, out string variant)
    {
        (kind, channel, variant) = type switch
        {
            "trade" => (BinanceStreamKind.Trade, Channel.Trades, Difference(profile.TradeKinds, "trade")),
            "aggTrade" => (BinanceStreamKind.AggregateTrade, Channel.Trades, Difference(profile.TradeKinds, AggregateKind)),
            "bookTicker" => (BinanceStreamKind.BookTicker, Channel.BookTicker, ""),
            "ticker" => (BinanceStreamKind.Ticker, Channel.Ticker, ""),
            "markPrice@1s" when profile.IsFutures => (BinanceStreamKind.MarkPrice, Channel.MarkPrice, ""),
            "markPrice" when profile.IsFutures => (BinanceStreamKind.MarkPrice, Channel.MarkPrice, SlowMarkPrice),
            "forceOrder" when profile.IsFutures => (BinanceStreamKind.Liquidation, Channel.Liquidations, ""),
            _ => (default, Channel.Controls, ""),
        };
        if (channel != Channel.Controls)
            return true;
        if (type.StartsWith(CandlePrefix, StringComparison.Ordinal))
        {
            (kind, channel, variant) = (BinanceStreamKind.Candle, Channel.Candles, type[CandlePrefix.Length..]);
            return profile.Timeframes.Contains(variant);
        }

        return type.StartsWith(DepthPrefix, StringComparison.Ordinal)
            && TryReadDepth(profile, type[DepthPrefix.Length..].Split('@'), out kind, out channel, out variant);
    }

    static bool TryReadDepth(
        BinanceProfile profile, string[] parts, out BinanceStreamKind kind, out Channel channel, out string variant)
    {
        var speed = parts.Length == 1 ? profile.UnnamedSpeed : parts[1];
        // The interval without a name is never written: such a stream does not exist.
        var isNamedRight = parts.Length == 1 || (parts.Length == 2 && speed != profile.UnnamedSpeed);
        if (parts[0].Length == 0)
        {
            (kind, channel, variant) = (BinanceStreamKind.Depth, Channel.Books, Difference(profile.Speeds, speed));
            return isNamedRight && profile.Speeds.Contains(speed);
        }

        kind = profile.IsFutures ? BinanceStreamKind.PartialUpdate : BinanceStreamKind.PartialDepth;
        (channel, variant) = (Channel.DepthSnapshots, $"{parts[0]}_{speed}");
        return isNamedRight && Levels.Contains(parts[0]) && profile.WholeBookSpeeds.Contains(speed);
    }

    static string PartialDepth(BinanceProfile profile, string variant)
    {
        var parts = variant.Split('_');
        return DepthPrefix + parts[0] + Suffix(profile, parts[^1]);
    }

    static string Suffix(BinanceProfile profile, string speed) => speed == profile.UnnamedSpeed ? "" : "@" + speed;

    static string Kind(BinanceProfile profile, string variant) => variant.Length == 0 ? profile.TradeKinds[0] : variant;

    /// <summary>A value as it stands in a variant: the default is left out.</summary>
    static string Difference(string[] values, string value) => value == values[0] ? "" : value;
}
