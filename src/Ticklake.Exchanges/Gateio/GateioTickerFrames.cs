using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Gateio;

/// <summary>
/// <c>spot.book_ticker</c> (<c>t u s b B a A</c>: empty or missing where a side is empty) and <c>spot.tickers</c>, whose
/// change is given in percent and which has no time of its own.
/// </summary>
static class GateioTickerFrames
{
    const int PercentPlaces = 2;

    static readonly ulong Required = JsonLetters.Bit('s') | JsonLetters.Bit('u');

    public static bool TryTakeBest(
        ref JsonCursor cursor, GateioStreams streams, out NamedStream? stream, out BookTickerEvent ticker)
    {
        long time = EventStamp.None, id = 0;
        ReadOnlySpan<byte> pair = default;
        ExactDecimal bid = ExactDecimal.None, bidSize = bid, ask = bid, askSize = bid;
        ulong seen = 0;
        stream = null;
        ticker = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!JsonLetters.TryTake(ref cursor, out var key))
                return false;
            var isTaken = key switch
            {
                (byte)'t' => JsonTimes.TryTake(ref cursor, out time),
                (byte)'u' => cursor.TakeInt64(out id),
                (byte)'s' => cursor.TakeString(out pair),
                (byte)'b' => GateioValues.TryTakeOptional(ref cursor, out bid),
                (byte)'B' => GateioValues.TryTakeOptional(ref cursor, out bidSize),
                (byte)'a' => GateioValues.TryTakeOptional(ref cursor, out ask),
                (byte)'A' => GateioValues.TryTakeOptional(ref cursor, out askSize),
                _ => cursor.Skip(),
            };
            if (!isTaken)
                return false;
            seen |= JsonLetters.Bit(key);
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || (seen & Required) != Required)
            return false;
        stream = streams.Find(GateioStreamKind.BookTicker, pair);
        ticker = new BookTickerEvent(new EventStamp(id, time), bid, bidSize, ask, askSize, id);
        return true;
    }

    /// <summary>The caller adds the envelope's time.</summary>
    public static bool TryTakeDay(
        ref JsonCursor cursor, GateioStreams streams, out NamedStream? stream, out TickerEvent ticker)
    {
        ReadOnlySpan<byte> pair = default;
        var none = ExactDecimal.None;
        ExactDecimal bid = none, ask = none, last = none, high = none, low = none, volume = none, percent = none;
        stream = null;
        ticker = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            var isTaken = key.SequenceEqual("currency_pair"u8) ? cursor.TakeString(out pair)
                : key.SequenceEqual("last"u8) ? GateioValues.TryTakeOptional(ref cursor, out last)
                : key.SequenceEqual("lowest_ask"u8) ? GateioValues.TryTakeOptional(ref cursor, out ask)
                : key.SequenceEqual("highest_bid"u8) ? GateioValues.TryTakeOptional(ref cursor, out bid)
                : key.SequenceEqual("change_percentage"u8) ? GateioValues.TryTakeOptional(ref cursor, out percent)
                : key.SequenceEqual("base_volume"u8) ? GateioValues.TryTakeOptional(ref cursor, out volume)
                : key.SequenceEqual("high_24h"u8) ? GateioValues.TryTakeOptional(ref cursor, out high)
                : key.SequenceEqual("low_24h"u8) ? GateioValues.TryTakeOptional(ref cursor, out low)
                : cursor.Skip();
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || pair.IsEmpty
            || (!percent.IsNone && percent.Scale > ExactDecimal.MaxScale - PercentPlaces))
            return false;
        stream = streams.Find(GateioStreamKind.Ticker, pair);
        ticker = new TickerEvent(
            EventStamp.Empty, bid, none, ask, none, last, volume, high, low, none,
            percent.IsNone ? none : percent.ShiftPoint(PercentPlaces));
        return true;
    }
}
