using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// <c>publicTrade</c>: a list of <c>T s S v p L i BT RPI seq</c>, at most 1,024 a message. <c>S</c> is the taker's
/// side. <c>L</c> is absent on spot, <c>RPI</c> may be absent.
/// </summary>
static class BybitTradeFrames
{
    static readonly ulong Required =
        JsonLetters.Bit('S') | JsonLetters.Bit('T') | JsonLetters.Bit('v') | JsonLetters.Bit('p') | JsonLetters.Bit('i');

    /// <summary>One element of the list.</summary>
    public static bool TryTake(ref JsonCursor cursor, BybitStream stream, out TradeEvent trade)
    {
        long time = 0, sequence = EventStamp.None;
        ExactDecimal price = default, amount = default;
        var id = default(TradeId);
        var side = TradeSide.Buy;
        ulong seen = 0;
        trade = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!JsonLetters.TryTake(ref cursor, out var key, out var name))
                return false;
            var isTaken = key switch
            {
                (byte)'T' => JsonTimes.TryTake(ref cursor, out time),
                (byte)'s' => BybitValues.TryTakeText(ref cursor, stream.Symbol),
                (byte)'S' => BybitValues.TryTakeSide(ref cursor, out side),
                (byte)'v' => cursor.TakeQuotedDecimal(out amount),
                (byte)'p' => cursor.TakeQuotedDecimal(out price),
                (byte)'i' => TryTakeId(ref cursor, out id),
                _ => name.SequenceEqual("seq"u8) ? cursor.TakeInt64(out sequence) : cursor.Skip(),
            };
            if (!isTaken)
                return false;
            seen |= JsonLetters.Bit(key);
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || (seen & Required) != Required || price.IsNegative || amount.IsNegative)
            return false;
        trade = new TradeEvent(
            new EventStamp(sequence, time), id, time, price, amount, side, TradeMessage.Trade, IsSnapshot: false);
        return true;
    }

    /// <summary>A UUID on linear, a number in text on spot.</summary>
    static bool TryTakeId(ref JsonCursor cursor, out TradeId id)
    {
        id = default;
        return cursor.TakeString(out var text) && !text.Contains((byte)'\\')
            && TradeId.TryOf(text, out id) && !id.IsNone;
    }
}
