using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// <c>kline</c>: a list of <c>start end interval open close high low volume turnover confirm timestamp</c>;
/// <c>confirm</c> marks the bucket's last message. What is read has no time yet: that stands
/// around the list.
/// </summary>
static class BybitCandleFrames
{
    // start, open, close, high, low, volume, confirm
    const int Required = 7;

    /// <summary>One element of the list.</summary>
    public static bool TryTake(ref JsonCursor cursor, BybitStream stream, out CandleEvent candle)
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
