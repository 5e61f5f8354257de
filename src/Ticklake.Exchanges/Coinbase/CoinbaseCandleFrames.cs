using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>A candle of the frame at hand and its stream.</summary>
readonly record struct CoinbaseCandle(CoinbaseStream Stream, CandleEvent Event);

/// <summary>
/// Candles of five minutes: <c>start high low open close volume product_id</c>, all strings, <c>start</c> in seconds.
/// The running one is repeated; nothing says that one is closed.
/// </summary>
sealed class CoinbaseCandleFrames(CoinbaseStreams streams)
{
    const int All = 63;
    const long LatestStart = long.MaxValue / 1_000_000;

    readonly CoinbaseRows<CoinbaseCandle> _candles = new(streams, TryTakeCandle);

    public ReadOnlySpan<CoinbaseCandle> Candles => _candles.Written;

    public void BeginFrame() => _candles.Clear();

    /// <summary>One element of <c>events</c>, from after its brace.</summary>
    public bool TryTakeEvent(ref JsonCursor cursor)
    {
        if (!_candles.TryTakeEvent(ref cursor, "candles"u8, out var ofSnapshot))
            return false;
        foreach (ref var candle in ofSnapshot)
            candle = candle with { Event = candle.Event with { IsSnapshot = true } };
        return true;
    }

    static bool TryTakeCandle(ref JsonCursor cursor, CoinbaseStreams streams, out CoinbaseCandle candle)
    {
        ReadOnlySpan<byte> product = default;
        long start = 0;
        ExactDecimal open = default, high = default, low = default, close = default, volume = default;
        var seen = 0;
        candle = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            bool isTaken;
            if (key.SequenceEqual("start"u8))
                (isTaken, seen) = (CoinbaseValues.TryTakeQuotedInt64(ref cursor, out start), seen | 1);
            else if (key.SequenceEqual("high"u8))
                (isTaken, seen) = (cursor.TakeQuotedDecimal(out high), seen | 2);
            else if (key.SequenceEqual("low"u8))
                (isTaken, seen) = (cursor.TakeQuotedDecimal(out low), seen | 4);
            else if (key.SequenceEqual("open"u8))
                (isTaken, seen) = (cursor.TakeQuotedDecimal(out open), seen | 8);
            else if (key.SequenceEqual("close"u8))
                (isTaken, seen) = (cursor.TakeQuotedDecimal(out close), seen | 16);
            else if (key.SequenceEqual("volume"u8))
                (isTaken, seen) = (cursor.TakeQuotedDecimal(out volume), seen | 32);
            else if (key.SequenceEqual("product_id"u8))
                isTaken = cursor.TakeString(out product);
            else
                isTaken = cursor.Skip();
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || seen != All || start > LatestStart
            || streams.Find(CoinbaseStreamKind.Candles, product) is not { } stream)
            return false;
        candle = new CoinbaseCandle(stream, new CandleEvent(
            EventStamp.Empty, start * 1_000_000, open, high, low, close, volume, IsSnapshot: false, IsClosed: null));
        return true;
    }
}
