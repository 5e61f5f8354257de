using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Okx;

/// <summary>
/// <c>trades</c> (<c>instId tradeId px sz side ts count source seqId</c>) and <c>trades-all</c> (without <c>count</c> and
/// <c>seqId</c>). The side is the taker's; a folded trade has the id of its last fill (okx.md 4.4).
/// </summary>
static class OkxTradeFrames
{
    const OkxMember Required =
        OkxMember.TradeId | OkxMember.Price | OkxMember.Size | OkxMember.Side | OkxMember.Time;

    public static bool TryTake(ref JsonCursor cursor, OkxStream stream, out TradeEvent trade)
    {
        long id = 0, time = 0, seq = EventStamp.None, fills = 1;
        ExactDecimal price = default, amount = default;
        var side = TradeSide.Buy;
        var seen = OkxMember.None;
        trade = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!OkxValues.TryTakeMember(ref cursor, ref seen, out var member))
                return false;
            var isTaken = member switch
            {
                OkxMember.InstId => OkxValues.TryTakeSymbol(ref cursor, stream),
                OkxMember.TradeId => OkxValues.TryTakeInteger(ref cursor, out id),
                OkxMember.Price => OkxValues.TryTakeAmount(ref cursor, out price),
                OkxMember.Size => OkxValues.TryTakeAmount(ref cursor, out amount),
                OkxMember.Side => TryTakeSide(ref cursor, out side),
                OkxMember.Time => JsonTimes.TryTakeQuoted(ref cursor, out time),
                OkxMember.Count => OkxValues.TryTakeInteger(ref cursor, out fills) && fills is > 0 and <= int.MaxValue,
                OkxMember.SeqId => cursor.TakeInt64(out seq),
                _ => cursor.Skip(),
            };
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || (seen & Required) != Required)
            return false;
        trade = new TradeEvent(
            new EventStamp(seq, time),
            TradeId.Of(id),
            time,
            price,
            amount,
            side,
            stream.Kind == OkxStreamKind.Trades ? TradeMessage.Aggregate : TradeMessage.Trade,
            IsSnapshot: stream.AwaitsFirst,
            FillCount: (int)fills);
        return true;
    }

    static bool TryTakeSide(ref JsonCursor cursor, out TradeSide side)
    {
        side = TradeSide.Buy;
        if (!cursor.TakeString(out var text))
            return false;
        if (text.SequenceEqual("sell"u8))
            side = TradeSide.Sell;
        return side == TradeSide.Sell || text.SequenceEqual("buy"u8);
    }
}
