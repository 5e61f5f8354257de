using System.Text;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Upbit;

/// <summary>Types as requests and frames write them.</summary>
static class UpbitTypes
{
    public static readonly string[] Timeframes = ["1s", "1m", "3m", "5m", "10m", "15m", "30m", "60m", "240m"];

    public static string NameOf(StreamKey key) => key.Channel switch
    {
        Channel.Books => "orderbook",
        Channel.Trades => "trade",
        Channel.Ticker => "ticker",
        Channel.Candles => "candle." + key.Variant,
        _ => throw new ArgumentException($"Upbit has no {key.Channel.Name()}.", nameof(key)),
    };

    public static UpbitStreamKind KindOf(ReadOnlySpan<byte> type)
    {
        if (type.SequenceEqual("orderbook"u8))
            return UpbitStreamKind.Book;
        if (type.SequenceEqual("trade"u8))
            return UpbitStreamKind.Trade;
        if (type.SequenceEqual("ticker"u8))
            return UpbitStreamKind.Ticker;
        return type.StartsWith("candle."u8) && IsTimeframe(type["candle.".Length..])
            ? UpbitStreamKind.Candle
            : UpbitStreamKind.None;
    }

    static bool IsTimeframe(ReadOnlySpan<byte> text)
    {
        foreach (var timeframe in Timeframes)
        {
            if (Ascii.Equals(text, timeframe))
                return true;
        }

        return false;
    }
}
