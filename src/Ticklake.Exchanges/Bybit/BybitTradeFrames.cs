using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// <c>publicTrade</c>: a list of <c>T s S v p L i BT RPI seq</c>, at most 1,024 a message. <c>S</c> is the taker's
/// side. <c>L</c> is absent on spot, <c>RPI</c> may be absent. On its session's thread.
/// </summary>
sealed class BybitTradeFrames
{
    const int Side = 1;
    const int Time = 2;
    const int Amount = 4;
    const int Price = 8;
    const int Id = 16;
    const int Required = Side | Time | Amount | Price | Id;

    TradeEvent[] _trades = new TradeEvent[64];
    int _count;

    public ReadOnlySpan<TradeEvent> Trades => _trades.AsSpan(0, _count);

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
            if (_count == _trades.Length)
                Array.Resize(ref _trades, _count * 2);
            if (!TryTakeTrade(ref cursor, stream, out _trades[_count]))
                return false;
            _count++;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    static bool TryTakeTrade(ref JsonCursor cursor, BybitStream stream, out TradeEvent trade)
    {
        long time = 0, sequence = EventStamp.None;
        ExactDecimal price = default, amount = default;
        var id = default(TradeId);
        var side = TradeSide.Buy;
        var seen = 0;
        trade = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!BybitValues.TryTakeKey(ref cursor, out var key, out var name))
                return false;
            var isTaken = key switch
            {
                (byte)'T' => JsonTimes.TryTake(ref cursor, out time),
                (byte)'s' => BybitValues.TryTakeText(ref cursor, stream.Symbol),
                (byte)'S' => TryTakeSide(ref cursor, out side),
                (byte)'v' => cursor.TakeQuotedDecimal(out amount),
                (byte)'p' => cursor.TakeQuotedDecimal(out price),
                (byte)'i' => TryTakeId(ref cursor, out id),
                _ => name.SequenceEqual("seq"u8) ? cursor.TakeInt64(out sequence) : cursor.Skip(),
            };
            if (!isTaken)
                return false;
            seen |= Bit(key);
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || (seen & Required) != Required || price.IsNegative || amount.IsNegative)
            return false;
        trade = new TradeEvent(
            new EventStamp(sequence, time), id, time, price, amount, side, TradeMessage.Trade, IsSnapshot: false);
        return true;
    }

    static int Bit(byte key) => key switch
    {
        (byte)'S' => Side,
        (byte)'T' => Time,
        (byte)'v' => Amount,
        (byte)'p' => Price,
        (byte)'i' => Id,
        _ => 0,
    };

    static bool TryTakeSide(ref JsonCursor cursor, out TradeSide side)
    {
        side = TradeSide.Buy;
        if (!cursor.TakeString(out var text))
            return false;
        if (text.SequenceEqual("Sell"u8))
            side = TradeSide.Sell;
        return side == TradeSide.Sell || text.SequenceEqual("Buy"u8);
    }

    /// <summary>A UUID on linear, a number in text on spot.</summary>
    static bool TryTakeId(ref JsonCursor cursor, out TradeId id)
    {
        id = default;
        return cursor.TakeString(out var text) && !text.Contains((byte)'\\')
            && TradeId.TryOf(text, out id) && !id.IsNone;
    }
}
