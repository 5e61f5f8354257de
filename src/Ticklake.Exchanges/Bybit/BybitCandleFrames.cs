using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// <c>kline</c>: a list of <c>start end interval open close high low volume turnover confirm timestamp</c>;
/// <c>confirm</c> marks the bucket's last message. On its session's thread.
/// </summary>
sealed class BybitCandleFrames
{
    // start, open, close, high, low, volume, confirm
    const int Required = 7;

    CandleEvent[] _candles = new CandleEvent[4];
    int _count;

    /// <summary>Without their time, which stands around the list.</summary>
    public ReadOnlySpan<CandleEvent> Candles => _candles.AsSpan(0, _count);

    public bool TryTake(ref JsonCursor cursor, BybitStream stream)
    {
        _count = 0;
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (_count == FrameLimits.Entries)
                return false;
            if (_count == _candles.Length)
                Array.Resize(ref _candles, _count * 2);
            if (!TryTakeCandle(ref cursor, stream, out _candles[_count]))
                return false;
            _count++;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    static bool TryTakeCandle(ref JsonCursor cursor, BybitStream stream, out CandleEvent candle)
    {
        long start = 0;
        ExactDecimal open = default, high = default, low = default, close = default, volume = default;
        var isClosed = false;
        var seen = 0;
        candle = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!cursor.TakeKey(out var name))
                return false;
            bool isTaken;
            var counts = 1;
            if (name.SequenceEqual("start"u8))
                isTaken = JsonTimes.TryTake(ref cursor, out start);
            else if (name.SequenceEqual("open"u8))
                isTaken = cursor.TakeQuotedDecimal(out open);
            else if (name.SequenceEqual("close"u8))
                isTaken = cursor.TakeQuotedDecimal(out close);
            else if (name.SequenceEqual("high"u8))
                isTaken = cursor.TakeQuotedDecimal(out high);
            else if (name.SequenceEqual("low"u8))
                isTaken = cursor.TakeQuotedDecimal(out low);
            else if (name.SequenceEqual("volume"u8))
                isTaken = cursor.TakeQuotedDecimal(out volume);
            else if (name.SequenceEqual("confirm"u8))
                isTaken = cursor.TakeBool(out isClosed);
            else
            {
                counts = 0;
                isTaken = name.SequenceEqual("interval"u8)
                    ? BybitValues.TryTakeText(ref cursor, stream.Interval)
                    : cursor.Skip();
            }

            if (!isTaken)
                return false;
            seen += counts;
        }
        while (cursor.Take((byte)','));
        candle = new CandleEvent(EventStamp.Empty, start, open, high, low, close, volume, IsSnapshot: false, isClosed);
        return cursor.Take((byte)'}') && seen == Required;
    }
}
