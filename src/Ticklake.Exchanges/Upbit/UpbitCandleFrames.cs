using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Upbit;

/// <summary>
/// <c>candle.*</c> (short <c>cdttmu op hp lp tp catv tms st</c>): the same bucket comes many times, a late one of the bucket
/// before may follow, none says that it is the last.
/// </summary>
struct UpbitCandleFrames()
{
    long _time = EventStamp.None;
    long _openTime = EventStamp.None;
    ExactDecimal _open = ExactDecimal.None;
    ExactDecimal _high = ExactDecimal.None;
    ExactDecimal _low = ExactDecimal.None;
    ExactDecimal _close = ExactDecimal.None;
    ExactDecimal _volume = ExactDecimal.None;
    bool _isSnapshot;

    public bool TryTakeMember(ref JsonCursor cursor, ReadOnlySpan<byte> key)
    {
        if (UpbitValues.Is(key, "candle_date_time_utc"u8, "cdttmu"u8))
            return UpbitValues.TryTakeUtc(ref cursor, out _openTime);
        if (UpbitValues.Is(key, "opening_price"u8, "op"u8))
            return cursor.TakeDecimal(out _open);
        if (UpbitValues.Is(key, "high_price"u8, "hp"u8))
            return cursor.TakeDecimal(out _high);
        if (UpbitValues.Is(key, "low_price"u8, "lp"u8))
            return cursor.TakeDecimal(out _low);
        if (UpbitValues.Is(key, "trade_price"u8, "tp"u8))
            return cursor.TakeDecimal(out _close);
        if (UpbitValues.Is(key, "candle_acc_trade_volume"u8, "catv"u8))
            return cursor.TakeDecimal(out _volume);
        if (UpbitValues.Is(key, "timestamp"u8, "tms"u8))
            return JsonTimes.TryTake(ref cursor, out _time);
        return UpbitValues.Is(key, "stream_type"u8, "st"u8)
            ? UpbitValues.TryTakeOrigin(ref cursor, out _isSnapshot)
            : cursor.Skip();
    }

    public readonly bool TryFinish(out CandleEvent candle)
    {
        candle = new CandleEvent(
            new EventStamp(EventStamp.None, _time), _openTime, _open, _high, _low, _close, _volume, _isSnapshot, IsClosed: null);
        return _openTime != EventStamp.None && !_open.IsNone && !_high.IsNone && !_low.IsNone && !_close.IsNone
            && !_volume.IsNone;
    }
}
