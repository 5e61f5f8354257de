using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// <c>bookTicker</c> (<c>u s b B a A</c>, on futures also <c>e E T</c>) and <c>24hrTicker</c>, of which the price change
/// <c>p</c>, its percentage <c>P</c>, last <c>c</c>, high, low, base volume <c>v</c> and, on spot, the best prices are recorded.
/// </summary>
static class BinanceTickerFrames
{
    const int PercentPlaces = 2;

    static readonly ulong Required = BinanceValues.Bit('E') | BinanceValues.Bit('c') | BinanceValues.Bit('p')
        | BinanceValues.Bit('P') | BinanceValues.Bit('h') | BinanceValues.Bit('l') | BinanceValues.Bit('v');

    public static bool TryTakeBest(ref JsonCursor cursor, BinanceStream stream, out BookTickerEvent ticker)
    {
        long updateId = 0, time = EventStamp.None;
        // A side of an empty book may be null or missing.
        ExactDecimal bid = ExactDecimal.None, bidSize = bid, ask = bid, askSize = bid;
        ulong seen = 0;
        ticker = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!BinanceValues.TryTakeKey(ref cursor, out var key))
                return false;
            var isTaken = key switch
            {
                (byte)'e' => BinanceValues.TryTakeType(ref cursor, "bookTicker"u8),
                (byte)'u' => cursor.TakeInt64(out updateId),
                (byte)'T' => JsonTimes.TryTake(ref cursor, out time),
                (byte)'s' => BinanceValues.TryTakeSymbol(ref cursor, stream),
                (byte)'b' => BinanceValues.TryTakeOptional(ref cursor, out bid),
                (byte)'B' => BinanceValues.TryTakeOptional(ref cursor, out bidSize),
                (byte)'a' => BinanceValues.TryTakeOptional(ref cursor, out ask),
                (byte)'A' => BinanceValues.TryTakeOptional(ref cursor, out askSize),
                _ => cursor.Skip(),
            };
            if (!isTaken)
                return false;
            seen |= BinanceValues.Bit(key);
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || (seen & BinanceValues.Bit('u')) == 0)
            return false;
        ticker = new BookTickerEvent(
            new EventStamp(updateId, time), bid, bidSize, ask, askSize, updateId);
        return true;
    }

    public static bool TryTakeDay(ref JsonCursor cursor, BinanceStream stream, out TickerEvent ticker)
    {
        long time = 0;
        ExactDecimal bid = ExactDecimal.None, bidSize = bid, ask = bid, askSize = bid;
        ExactDecimal change = default, percent = default, last = default;
        ExactDecimal high = default, low = default, volume = default;
        ulong seen = 0;
        ticker = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!BinanceValues.TryTakeKey(ref cursor, out var key))
                return false;
            var isTaken = key switch
            {
                (byte)'e' => BinanceValues.TryTakeType(ref cursor, "24hrTicker"u8),
                (byte)'s' => BinanceValues.TryTakeSymbol(ref cursor, stream),
                (byte)'E' => JsonTimes.TryTake(ref cursor, out time),
                (byte)'p' => cursor.TakeQuotedDecimal(out change),
                (byte)'P' => cursor.TakeQuotedDecimal(out percent),
                (byte)'c' => cursor.TakeQuotedDecimal(out last),
                (byte)'h' => cursor.TakeQuotedDecimal(out high),
                (byte)'l' => cursor.TakeQuotedDecimal(out low),
                (byte)'v' => cursor.TakeQuotedDecimal(out volume),
                (byte)'b' => BinanceValues.TryTakeOptional(ref cursor, out bid),
                (byte)'B' => BinanceValues.TryTakeOptional(ref cursor, out bidSize),
                (byte)'a' => BinanceValues.TryTakeOptional(ref cursor, out ask),
                (byte)'A' => BinanceValues.TryTakeOptional(ref cursor, out askSize),
                _ => cursor.Skip(),
            };
            if (!isTaken)
                return false;
            seen |= BinanceValues.Bit(key);
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || (seen & Required) != Required
            || percent.Scale > ExactDecimal.MaxScale - PercentPlaces)
            return false;
        ticker = new TickerEvent(
            new EventStamp(EventStamp.None, time),
            bid, bidSize, ask, askSize, last, volume, high, low, change, percent.ShiftPoint(PercentPlaces));
        return true;
    }
}
