using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Okx;

/// <summary>
/// Candles: arrays of strings <c>[ts, open, high, low, close, vol, volCcy, volCcyQuote, confirm]</c>, of which old recordings
/// have the first seven. The base currency's volume is <c>vol</c> of a pair and <c>volCcy</c> of a contract (okx.md 4.6).
/// </summary>
static class OkxCandleFrames
{
    public static bool TryTake(ref JsonCursor cursor, OkxStream stream, out CandleEvent candle)
    {
        candle = default;
        if (!cursor.Take((byte)'[') || !JsonTimes.TryTakeQuoted(ref cursor, out var openTime)
            || !TryTakeNext(ref cursor, out var open) || !TryTakeNext(ref cursor, out var high)
            || !TryTakeNext(ref cursor, out var low) || !TryTakeNext(ref cursor, out var close)
            || !TryTakeNext(ref cursor, out var volume) || !TryTakeNext(ref cursor, out var currencyVolume)
            || !TryTakeEnd(ref cursor, out var isClosed))
            return false;
        candle = new CandleEvent(
            EventStamp.Empty, openTime, open, high, low, close, stream.IsDerivative ? currencyVolume : volume,
            IsSnapshot: false, isClosed);
        return true;
    }

    static bool TryTakeNext(ref JsonCursor cursor, out ExactDecimal value)
    {
        value = default;
        return cursor.Take((byte)',') && cursor.TakeQuotedDecimal(out value);
    }

    static bool TryTakeEnd(ref JsonCursor cursor, out bool? isClosed)
    {
        isClosed = null;
        if (cursor.Take((byte)']'))
            return true;
        if (!TryTakeNext(ref cursor, out _))
            return false;
        if (cursor.Take((byte)']'))
            return true;
        if (!cursor.Take((byte)',') || !OkxValues.TryTakeInteger(ref cursor, out var confirm) || confirm > 1)
            return false;
        isClosed = confirm == 1;
        return cursor.Take((byte)']') || cursor.SkipToArrayEnd();
    }
}
