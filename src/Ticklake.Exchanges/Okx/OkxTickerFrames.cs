using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Okx;

/// <summary>
/// <c>tickers</c>: last, best prices and the rolling day. The base currency's volume is <c>vol24h</c> of a pair and
/// <c>volCcy24h</c> of a contract (okx.md 4.5); a change of the day is not given.
/// </summary>
static class OkxTickerFrames
{
    public static bool TryTake(ref JsonCursor cursor, OkxStream stream, out TickerEvent ticker)
    {
        long time = 0;
        ExactDecimal bid = ExactDecimal.None, bidSize = bid, ask = bid, askSize = bid, last = bid, high = bid, low = bid;
        ExactDecimal volume = bid, currencyVolume = bid;
        var seen = OkxMember.None;
        ticker = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!OkxValues.TryTakeMember(ref cursor, ref seen, out var member))
                return false;
            var isTaken = member switch
            {
                OkxMember.InstId => OkxValues.TryTakeSymbol(ref cursor, stream),
                OkxMember.Time => JsonTimes.TryTakeQuoted(ref cursor, out time),
                OkxMember.Last => OkxValues.TryTakeOptional(ref cursor, out last),
                OkxMember.BidPrice => OkxValues.TryTakeOptional(ref cursor, out bid),
                OkxMember.BidSize => OkxValues.TryTakeOptional(ref cursor, out bidSize),
                OkxMember.AskPrice => OkxValues.TryTakeOptional(ref cursor, out ask),
                OkxMember.AskSize => OkxValues.TryTakeOptional(ref cursor, out askSize),
                OkxMember.High => OkxValues.TryTakeOptional(ref cursor, out high),
                OkxMember.Low => OkxValues.TryTakeOptional(ref cursor, out low),
                OkxMember.Volume => OkxValues.TryTakeOptional(ref cursor, out volume),
                OkxMember.CurrencyVolume => OkxValues.TryTakeOptional(ref cursor, out currencyVolume),
                _ => cursor.Skip(),
            };
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        const OkxMember Required = OkxMember.Time | OkxMember.Last;
        if (!cursor.Take((byte)'}') || (seen & Required) != Required)
            return false;
        ticker = new TickerEvent(
            new EventStamp(EventStamp.None, time),
            bid, bidSize, ask, askSize, last, stream.IsDerivative ? currencyVolume : volume, high, low,
            DailyChange: ExactDecimal.None,
            DailyChangeRelative: ExactDecimal.None);
        return true;
    }
}
