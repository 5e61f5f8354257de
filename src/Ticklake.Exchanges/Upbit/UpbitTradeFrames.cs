using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Upbit;

/// <summary>
/// <c>trade</c> (short <c>ttms tp tv ab sid st tms</c>). <c>ask_bid</c> is the taker's side: BID bought. The id exceeds 2^53.
/// The frame that answers a request (SNAPSHOT) is the last old trade.
/// </summary>
struct UpbitTradeFrames()
{
    long _id = EventStamp.None;
    long _time = EventStamp.None;
    long _messageTime = EventStamp.None;
    ExactDecimal _price = ExactDecimal.None;
    ExactDecimal _amount = ExactDecimal.None;
    TradeSide? _side;
    bool _isSnapshot;

    public bool TryTakeMember(ref JsonCursor cursor, ReadOnlySpan<byte> key)
    {
        if (UpbitValues.Is(key, "trade_price"u8, "tp"u8))
            return cursor.TakeDecimal(out _price);
        if (UpbitValues.Is(key, "trade_volume"u8, "tv"u8))
            return cursor.TakeDecimal(out _amount);
        if (UpbitValues.Is(key, "ask_bid"u8, "ab"u8))
            return TryTakeSide(ref cursor);
        if (UpbitValues.Is(key, "sequential_id"u8, "sid"u8))
            return cursor.TakeInt64(out _id);
        if (UpbitValues.Is(key, "trade_timestamp"u8, "ttms"u8))
            return JsonTimes.TryTake(ref cursor, out _time);
        if (UpbitValues.Is(key, "timestamp"u8, "tms"u8))
            return JsonTimes.TryTake(ref cursor, out _messageTime);
        return UpbitValues.Is(key, "stream_type"u8, "st"u8)
            ? UpbitValues.TryTakeOrigin(ref cursor, out _isSnapshot)
            : cursor.Skip();
    }

    public readonly bool TryFinish(out TradeEvent trade)
    {
        trade = default;
        var time = _time != EventStamp.None ? _time : _messageTime;
        if (_side is not { } side || time == EventStamp.None || _price.IsNone || _price.IsNegative || _amount.IsNone
            || _amount.IsNegative)
            return false;
        trade = new TradeEvent(
            new EventStamp(EventStamp.None, time), _id == EventStamp.None ? default : TradeId.Of(_id), time, _price, _amount,
            side, TradeMessage.Trade, _isSnapshot);
        return true;
    }

    bool TryTakeSide(ref JsonCursor cursor)
    {
        if (!cursor.TakeString(out var side))
            return false;
        _side = side.SequenceEqual("BID"u8) ? TradeSide.Buy : side.SequenceEqual("ASK"u8) ? TradeSide.Sell : null;
        return _side is not null;
    }
}
