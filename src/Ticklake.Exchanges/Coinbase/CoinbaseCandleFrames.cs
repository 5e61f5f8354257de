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

    readonly CoinbaseFound<CoinbaseCandle> _candles = new();

    public ReadOnlySpan<CoinbaseCandle> Candles => _candles.Written;

    public void BeginFrame() => _candles.Clear();

    /// <summary>One element of <c>events</c>, from after its brace.</summary>
    public bool TryTakeEvent(ref JsonCursor cursor)
    {
        var from = _candles.Count;
        bool isSnapshot = false, hasCandles = false;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            bool isTaken;
            if (key.SequenceEqual("candles"u8))
                isTaken = hasCandles = TryTakeCandles(ref cursor);
            else if (key.SequenceEqual("type"u8))
                isTaken = CoinbaseValues.TryTakeKind(ref cursor, out isSnapshot);
            else
                isTaken = cursor.Skip();
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || !hasCandles)
            return false;
        if (isSnapshot)
        {
            foreach (ref var candle in _candles.Written[from..])
                candle = candle with { Event = candle.Event with { IsSnapshot = true } };
        }

        return true;
    }

    bool TryTakeCandles(ref JsonCursor cursor)
    {
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (!cursor.Take((byte)'{') || !TryTakeCandle(ref cursor))
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    bool TryTakeCandle(ref JsonCursor cursor)
    {
        ReadOnlySpan<byte> product = default;
        long start = 0;
        ExactDecimal open = default, high = default, low = default, close = default, volume = default;
        var seen = 0;
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
        _candles.Add(new CoinbaseCandle(stream, new CandleEvent(
            EventStamp.Empty, start * 1_000_000, open, high, low, close, volume, IsSnapshot: false, IsClosed: null)));
        return true;
    }
}
