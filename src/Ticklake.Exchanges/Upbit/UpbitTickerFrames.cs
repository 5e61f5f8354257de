using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Upbit;

/// <summary>
/// <c>ticker</c> (short <c>tp hp lp scp scr atv24h tms</c>): the last price and the UTC day's; no best prices. Any number
/// may be null where a market never traded.
/// </summary>
struct UpbitTickerFrames()
{
    long _time = EventStamp.None;
    ExactDecimal _last = ExactDecimal.None;
    ExactDecimal _high = ExactDecimal.None;
    ExactDecimal _low = ExactDecimal.None;
    ExactDecimal _volume = ExactDecimal.None;
    ExactDecimal _change = ExactDecimal.None;
    ExactDecimal _relative = ExactDecimal.None;

    public bool TryTakeMember(ref JsonCursor cursor, ReadOnlySpan<byte> key)
    {
        if (UpbitValues.Is(key, "trade_price"u8, "tp"u8))
            return UpbitValues.TryTakeOptional(ref cursor, out _last);
        if (UpbitValues.Is(key, "high_price"u8, "hp"u8))
            return UpbitValues.TryTakeOptional(ref cursor, out _high);
        if (UpbitValues.Is(key, "low_price"u8, "lp"u8))
            return UpbitValues.TryTakeOptional(ref cursor, out _low);
        if (UpbitValues.Is(key, "acc_trade_volume_24h"u8, "atv24h"u8))
            return UpbitValues.TryTakeOptional(ref cursor, out _volume);
        if (UpbitValues.Is(key, "signed_change_price"u8, "scp"u8))
            return UpbitValues.TryTakeOptional(ref cursor, out _change);
        if (UpbitValues.Is(key, "signed_change_rate"u8, "scr"u8))
            return UpbitValues.TryTakeOptional(ref cursor, out _relative);
        return UpbitValues.Is(key, "timestamp"u8, "tms"u8) ? JsonTimes.TryTake(ref cursor, out _time) : cursor.Skip();
    }

    public readonly TickerEvent Finish()
    {
        var none = ExactDecimal.None;
        return new TickerEvent(
            new EventStamp(EventStamp.None, _time), none, none, none, none, _last, _volume, _high, _low, _change, _relative);
    }
}
