using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Gateio;

/// <summary>
/// <c>spot.trades</c>: one trade, an object; a list is understood too. <c>side</c> is the taker's. The id is unique within
/// the pair; <c>id_market</c> counts the pair's trades (<c>range</c> says the same where it is missing). One list per
/// decoder. On its session's thread.
/// </summary>
sealed class GateioTradeFrames(GateioStreams streams)
{
    (NamedStream? Stream, TradeEvent Trade)[] _trades = new (NamedStream?, TradeEvent)[16];
    int _count;

    public ReadOnlySpan<(NamedStream? Stream, TradeEvent Trade)> Written => _trades.AsSpan(0, _count);

    public bool TryTake(ref JsonCursor cursor)
    {
        _count = 0;
        if (cursor.Next() != '[')
            return TryTakeTrade(ref cursor);
        cursor.Take((byte)'[');
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (_count == FrameLimits.Entries || !TryTakeTrade(ref cursor))
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    bool TryTakeTrade(ref JsonCursor cursor)
    {
        var read = new Members();
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!cursor.TakeKey(out var key) || !read.TryTake(ref cursor, key))
                return false;
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || !read.IsWhole)
            return false;
        if (_count == _trades.Length)
            Array.Resize(ref _trades, _count * 2);
        _trades[_count++] = (streams.Find(GateioStreamKind.Trades, read.Pair), read.Trade());
        return true;
    }

    /// <summary>The members of one trade as far as they were read.</summary>
    ref struct Members()
    {
        long _id = EventStamp.None;
        long _count = EventStamp.None;
        long _rangeEnd = EventStamp.None;
        long _time = EventStamp.None;
        long _seconds = EventStamp.None;
        ExactDecimal _price = ExactDecimal.None;
        ExactDecimal _amount = ExactDecimal.None;
        TradeSide? _side;

        public ReadOnlySpan<byte> Pair { get; private set; }

        public readonly bool IsWhole => _id != EventStamp.None && !Pair.IsEmpty && _side is not null
            && !_price.IsNone && !_price.IsNegative && !_amount.IsNone && !_amount.IsNegative
            && (_time != EventStamp.None || _seconds != EventStamp.None);

        public bool TryTake(ref JsonCursor cursor, ReadOnlySpan<byte> key)
        {
            if (key.SequenceEqual("id"u8))
                return GateioValues.TryTakeInteger(ref cursor, out _id);
            if (key.SequenceEqual("id_market"u8))
                return GateioValues.TryTakeInteger(ref cursor, out _count);
            if (key.SequenceEqual("create_time"u8))
                return GateioValues.TryTakeSeconds(ref cursor, out _seconds);
            if (key.SequenceEqual("create_time_ms"u8))
                return GateioValues.TryTakeFineTime(ref cursor, out _time);
            if (key.SequenceEqual("side"u8))
                return TryTakeSide(ref cursor);
            if (key.SequenceEqual("currency_pair"u8))
                return TryTakePair(ref cursor);
            if (key.SequenceEqual("amount"u8))
                return cursor.TakeQuotedDecimal(out _amount);
            if (key.SequenceEqual("price"u8))
                return cursor.TakeQuotedDecimal(out _price);
            return key.SequenceEqual("range"u8) ? TryTakeRange(ref cursor) : cursor.Skip();
        }

        public readonly TradeEvent Trade()
        {
            var time = _time != EventStamp.None ? _time : _seconds;
            var count = _count != EventStamp.None ? _count : _rangeEnd;
            return new TradeEvent(
                new EventStamp(count, time), TradeId.Of(_id), time, _price, _amount, _side!.Value, TradeMessage.Trade,
                IsSnapshot: false);
        }

        bool TryTakePair(ref JsonCursor cursor)
        {
            var isTaken = cursor.TakeString(out var pair);
            Pair = pair;
            return isTaken;
        }

        bool TryTakeSide(ref JsonCursor cursor)
        {
            if (!cursor.TakeString(out var side))
                return false;
            _side = side.SequenceEqual("buy"u8) ? TradeSide.Buy : side.SequenceEqual("sell"u8) ? TradeSide.Sell : null;
            return _side is not null;
        }

        // What it means beside id_market is not documented well enough to refuse a trade for it.
        bool TryTakeRange(ref JsonCursor cursor)
        {
            if (cursor.Next() != '"')
                return cursor.Skip();
            if (!cursor.TakeString(out var range))
                return false;
            var dash = range.IndexOf((byte)'-');
            if (dash > 0 && GateioValues.TryParse(range[(dash + 1)..], out var end))
                _rangeEnd = end;
            return true;
        }
    }
}
