using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// <c>allLiquidation</c>: a list of <c>T s S v p</c>. <c>S</c> is the side of the position, "when you receive a Buy
/// update, this means that a long position has been liquidated" (v5/websocket/public/all-liquidation): the order that
/// closes it is the other. <c>p</c> is the bankruptcy price. What is read has no time yet: that stands around the list.
/// </summary>
static class BybitLiquidationFrames
{
    static readonly ulong Required =
        JsonLetters.Bit('T') | JsonLetters.Bit('S') | JsonLetters.Bit('v') | JsonLetters.Bit('p');

    /// <summary>One element of the list.</summary>
    public static bool TryTake(ref JsonCursor cursor, BybitStream stream, out LiquidationEvent liquidation)
    {
        long time = 0;
        ExactDecimal price = default, amount = default;
        var position = TradeSide.Buy;
        ulong seen = 0;
        liquidation = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!JsonLetters.TryTake(ref cursor, out var key))
                return false;
            var isTaken = key switch
            {
                (byte)'T' => JsonTimes.TryTake(ref cursor, out time),
                (byte)'s' => BybitValues.TryTakeText(ref cursor, stream.Symbol),
                (byte)'S' => BybitValues.TryTakeSide(ref cursor, out position),
                (byte)'v' => cursor.TakeQuotedDecimal(out amount),
                (byte)'p' => cursor.TakeQuotedDecimal(out price),
                _ => cursor.Skip(),
            };
            if (!isTaken)
                return false;
            seen |= JsonLetters.Bit(key);
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || (seen & Required) != Required || price.IsNegative || amount.IsNegative)
            return false;
        liquidation = new LiquidationEvent(
            EventStamp.Empty,
            time,
            position == TradeSide.Buy ? TradeSide.Sell : TradeSide.Buy,
            price,
            AveragePrice: ExactDecimal.None,
            amount,
            Filled: ExactDecimal.None,
            LiquidationStatus.Unknown);
        return true;
    }
}
