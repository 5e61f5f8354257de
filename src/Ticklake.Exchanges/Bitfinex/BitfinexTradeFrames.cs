using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>Trade payloads, <c>[ID,MTS,±AMOUNT,PRICE]</c>: the sign of AMOUNT is the taker's side.</summary>
sealed class BitfinexTradeFrames
{
    TradeEvent[] _trades = new TradeEvent[64];
    int _count;

    /// <summary>Without exchange time and sequence: those stand behind the payload.</summary>
    public ReadOnlySpan<TradeEvent> Trades => _trades.AsSpan(0, _count);

    /// <summary>One trade, from its opening bracket on.</summary>
    public bool TryTakeOne(ref JsonCursor cursor, TradeMessage message)
    {
        _count = 1;
        return TryTake(ref cursor, message, isSnapshot: false, out _trades[0]);
    }

    /// <summary>The list that begins the channel, newest first.</summary>
    public bool TryTakeList(ref JsonCursor cursor)
    {
        _count = 0;
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (_count == _trades.Length)
                Array.Resize(ref _trades, _count * 2);
            if (_count == FrameLimits.Entries
                || !TryTake(ref cursor, TradeMessage.Executed, isSnapshot: true, out _trades[_count++]))
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    static bool TryTake(ref JsonCursor cursor, TradeMessage message, bool isSnapshot, out TradeEvent trade)
    {
        trade = default;
        if (!cursor.Take((byte)'[') || !cursor.TakeInt64(out var id) || !cursor.Take((byte)',')
            || !BitfinexExtras.TryTakeTime(ref cursor, out var time) || !cursor.Take((byte)',')
            || !cursor.TakeDecimal(out var amount) || amount.IsZero || !cursor.Take((byte)',')
            || !cursor.TakeDecimal(out var price) || !cursor.SkipToArrayEnd())
            return false;
        trade = new TradeEvent(
            EventStamp.Empty,
            TradeId.Of(id),
            time,
            price,
            amount.Abs(),
            amount.IsNegative ? TradeSide.Sell : TradeSide.Buy,
            message,
            isSnapshot);
        return true;
    }
}
