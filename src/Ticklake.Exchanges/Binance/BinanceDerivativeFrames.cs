using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// <c>markPriceUpdate</c> (<c>e E s p ap P i r T st</c>) and <c>forceOrder</c> (<c>e E o{s S o f q p ap X l z T} ps st</c>).
/// Symbol and contract kind are given to the caller: all-market streams hold those of several markets.
/// </summary>
static class BinanceDerivativeFrames
{
    static readonly ulong RequiredOfPrice =
        BinanceValues.Bit('E') | BinanceValues.Bit('s') | BinanceValues.Bit('p');

    static readonly ulong RequiredAround = BinanceValues.Bit('E') | BinanceValues.Bit('o');

    static readonly ulong RequiredOfOrder = BinanceValues.Bit('s') | BinanceValues.Bit('S') | BinanceValues.Bit('q')
        | BinanceValues.Bit('p') | BinanceValues.Bit('T');

    public static bool TryTakePrice(ref JsonCursor cursor, out BinanceContract contract, out MarkPriceEvent price)
    {
        long time = 0, nextFunding = 0;
        ExactDecimal mark = default, index = ExactDecimal.None, settle = index, rate = index;
        ulong seen = 0;
        contract = default;
        price = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!BinanceValues.TryTakeKey(ref cursor, out var key))
                return false;
            var isTaken = key switch
            {
                (byte)'e' => BinanceValues.TryTakeType(ref cursor, "markPriceUpdate"u8),
                (byte)'E' => JsonTimes.TryTake(ref cursor, out time),
                (byte)'s' => cursor.TakeString(out contract.Symbol),
                (byte)'p' => cursor.TakeQuotedDecimal(out mark),
                (byte)'i' => BinanceValues.TryTakeOrEmpty(ref cursor, out index),
                (byte)'P' => BinanceValues.TryTakeOrEmpty(ref cursor, out settle),
                (byte)'r' => BinanceValues.TryTakeOrEmpty(ref cursor, out rate),
                (byte)'T' => JsonTimes.TryTake(ref cursor, out nextFunding),
                BinanceValues.ContractKind => cursor.TakeInt64(out contract.Kind),
                _ => cursor.Skip(),
            };
            if (!isTaken)
                return false;
            seen |= BinanceValues.Bit(key);
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || (seen & RequiredOfPrice) != RequiredOfPrice)
            return false;
        // A contract without funding has 0 for the next time and "" or 0 for the rate.
        var hasFunding = nextFunding != 0 && !rate.IsNone;
        price = new MarkPriceEvent(
            new EventStamp(EventStamp.None, time),
            mark,
            index,
            settle,
            hasFunding ? rate : ExactDecimal.None,
            hasFunding ? nextFunding : EventStamp.None);
        return true;
    }

    public static bool TryTakeLiquidation(
        ref JsonCursor cursor, out BinanceContract contract, out LiquidationEvent liquidation)
    {
        long time = 0;
        ulong seen = 0;
        contract = default;
        liquidation = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!BinanceValues.TryTakeKey(ref cursor, out var key))
                return false;
            var isTaken = key switch
            {
                (byte)'e' => BinanceValues.TryTakeType(ref cursor, "forceOrder"u8),
                (byte)'E' => JsonTimes.TryTake(ref cursor, out time),
                (byte)'o' => TryTakeOrder(ref cursor, out contract.Symbol, out liquidation),
                BinanceValues.ContractKind => cursor.TakeInt64(out contract.Kind),
                _ => cursor.Skip(),
            };
            if (!isTaken)
                return false;
            seen |= BinanceValues.Bit(key);
        }
        while (cursor.Take((byte)','));
        liquidation = liquidation with { Stamp = new EventStamp(EventStamp.None, time) };
        return cursor.Take((byte)'}') && (seen & RequiredAround) == RequiredAround;
    }

    static bool TryTakeOrder(ref JsonCursor cursor, out ReadOnlySpan<byte> symbol, out LiquidationEvent liquidation)
    {
        long time = 0;
        var side = TradeSide.Buy;
        ExactDecimal price = default, amount = default, average = ExactDecimal.None, filled = ExactDecimal.None;
        var status = LiquidationStatus.Unknown;
        ulong seen = 0;
        symbol = default;
        liquidation = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!BinanceValues.TryTakeKey(ref cursor, out var key))
                return false;
            var isTaken = key switch
            {
                (byte)'s' => cursor.TakeString(out symbol),
                (byte)'S' => TryTakeSide(ref cursor, out side),
                (byte)'q' => cursor.TakeQuotedDecimal(out amount),
                (byte)'p' => cursor.TakeQuotedDecimal(out price),
                (byte)'z' => BinanceValues.TryTakeOrEmpty(ref cursor, out filled),
                (byte)'X' => TryTakeStatus(ref cursor, out status),
                (byte)'T' => JsonTimes.TryTake(ref cursor, out time),
                BinanceValues.Average => BinanceValues.TryTakeOrEmpty(ref cursor, out average),
                _ => cursor.Skip(),
            };
            if (!isTaken)
                return false;
            seen |= BinanceValues.Bit(key);
        }
        while (cursor.Take((byte)','));
        liquidation = new LiquidationEvent(EventStamp.Empty, time, side, price, average, amount, filled, status);
        return cursor.Take((byte)'}') && (seen & RequiredOfOrder) == RequiredOfOrder
            && !amount.IsNegative && !price.IsNegative;
    }

    static bool TryTakeSide(ref JsonCursor cursor, out TradeSide side)
    {
        var isTaken = cursor.TakeString(out var text);
        side = text.SequenceEqual("SELL"u8) ? TradeSide.Sell : TradeSide.Buy;
        return isTaken && (side == TradeSide.Sell || text.SequenceEqual("BUY"u8));
    }

    static bool TryTakeStatus(ref JsonCursor cursor, out LiquidationStatus status)
    {
        var isTaken = cursor.TakeString(out var text);
        status = text.SequenceEqual("FILLED"u8) ? LiquidationStatus.Filled
            : text.SequenceEqual("PARTIALLY_FILLED"u8) ? LiquidationStatus.PartiallyFilled
            : text.SequenceEqual("NEW"u8) ? LiquidationStatus.New
            : text.SequenceEqual("CANCELED"u8) ? LiquidationStatus.Canceled
            : text.StartsWith("EXPIRED"u8) ? LiquidationStatus.Expired
            : text.SequenceEqual("REJECTED"u8) ? LiquidationStatus.Rejected
            : LiquidationStatus.Other;
        return isTaken;
    }
}

/// <summary>What a payload says it is about.</summary>
ref struct BinanceContract
{
    /// <summary>As the payload writes it.</summary>
    public ReadOnlySpan<byte> Symbol;

    /// <summary>1 for USD-M, 2 for COIN-M; 0 where the payload does not say.</summary>
    public long Kind;
}
