using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Protobuf;

namespace Ticklake.Exchanges.Mexc;

/// <summary>
/// Trades, several to a frame: <c>1 price, 2 quantity, 3 tradeType, 4 time, 5 tradeId</c> (mexc.md 4.2). The type is the
/// taker's side; the id is text of 41 characters, missing in frames of before June 2026.
/// </summary>
sealed class MexcTradeFrames
{
    const ulong Buy = 1;
    const ulong Sell = 2;

    TradeEvent[] _trades = new TradeEvent[64];
    int _count;

    public ReadOnlySpan<TradeEvent> Trades => _trades.AsSpan(0, _count);

    public bool TryTake(in MexcEnvelope envelope)
    {
        _count = 0;
        var cursor = new ProtobufCursor(envelope.Body);
        while (!cursor.AtEnd)
        {
            if (!cursor.TakeTag(out var tag)
                || !(tag == ProtobufTag.Bytes1 ? TryTakeTrade(ref cursor, envelope.TimeUs) : cursor.Skip(tag)))
                return false;
        }

        return true;
    }

    bool TryTakeTrade(ref ProtobufCursor frame, long frameTimeUs)
    {
        if (!frame.TakeBytes(out var item))
            return false;
        ExactDecimal price = ExactDecimal.None, amount = ExactDecimal.None;
        ReadOnlySpan<byte> id = default;
        ulong type = 0;
        var time = 0L;
        var cursor = new ProtobufCursor(item);
        while (!cursor.AtEnd)
        {
            if (!cursor.TakeTag(out var tag))
                return false;
            var isTaken = tag switch
            {
                ProtobufTag.Bytes1 => cursor.TakeDecimal(out price),
                ProtobufTag.Bytes2 => cursor.TakeDecimal(out amount),
                ProtobufTag.Varint3 => cursor.TakeVarint(out type),
                ProtobufTag.Varint4 => cursor.TakeMilliseconds(out time),
                ProtobufTag.Bytes5 => cursor.TakeBytes(out id),
                _ => cursor.Skip(tag),
            };
            if (!isTaken)
                return false;
        }

        // A type that is neither, or a trade without a time anywhere, is none that could be recorded.
        if (time == 0)
            time = frameTimeUs;
        if (price.IsNone || amount.IsNone || price.IsNegative || amount.IsNegative
            || type is not (Buy or Sell) || time == EventStamp.None)
            return false;
        Add(price, amount, type == Buy ? TradeSide.Buy : TradeSide.Sell, time, id);
        return true;
    }

    void Add(ExactDecimal price, ExactDecimal amount, TradeSide side, long time, ReadOnlySpan<byte> id)
    {
        // An id longer than any yet seen is left out, not its trade.
        TradeId.TryOf(id, out var tradeId);
        if (_count == _trades.Length)
            Array.Resize(ref _trades, _count * 2);
        _trades[_count++] = new TradeEvent(
            new EventStamp(EventStamp.None, time), tradeId, time, price, amount, side, TradeMessage.Trade, IsSnapshot: false);
    }
}
