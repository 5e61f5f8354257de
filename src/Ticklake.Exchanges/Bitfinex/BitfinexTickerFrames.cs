using System.Runtime.CompilerServices;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>
/// Ticker payloads, flat arrays of which elements are read by position; a trading ticker grew from 10 to 11 elements in
/// 2026, so whatever follows the known ones is skipped.
/// </summary>
static class BitfinexTickerFrames
{
    const int TradingLength = 10;
    const int FundingLength = 13;

    /// <summary>The size fields of a trading ticker are the sums of the 25 best levels (ws-public-ticker).</summary>
    public static bool TryTakeTrading(ref JsonCursor cursor, out TickerEvent ticker)
    {
        Elements e = default;
        ticker = default;
        if (!TryTakeElements(ref cursor, e[..TradingLength]))
            return false;
        ticker = new TickerEvent(
            EventStamp.Empty,
            Bid: e[0], BidSize: e[1], Ask: e[2], AskSize: e[3],
            Last: e[6], Volume: e[7], High: e[8], Low: e[9],
            DailyChange: e[4], DailyChangeRelative: e[5]);
        return true;
    }

    /// <summary>
    /// FRR, bid, bid period, bid size, ask, ask period, ask size, change, relative change, last, volume, high, low.
    /// </summary>
    public static bool TryTakeFunding(ref JsonCursor cursor, out TickerEvent ticker)
    {
        Elements e = default;
        ticker = default;
        if (!TryTakeElements(ref cursor, e[..FundingLength]))
            return false;
        ticker = new TickerEvent(
            EventStamp.Empty,
            Bid: e[1], BidSize: e[3], Ask: e[4], AskSize: e[6],
            Last: e[9], Volume: e[10], High: e[11], Low: e[12],
            DailyChange: e[7], DailyChangeRelative: e[8]);
        return true;
    }

    static bool TryTakeElements(ref JsonCursor cursor, scoped Span<ExactDecimal> elements)
    {
        if (!cursor.Take((byte)'['))
            return false;
        for (var i = 0; i < elements.Length; i++)
        {
            if ((i > 0 && !cursor.Take((byte)',')) || !TryTakeElement(ref cursor, out elements[i]))
                return false;
        }

        return cursor.SkipToArrayEnd();
    }

    static bool TryTakeElement(ref JsonCursor cursor, out ExactDecimal value)
    {
        if (cursor.Next() != 'n')
            return cursor.TakeDecimal(out value);
        value = ExactDecimal.None;
        return cursor.TakeNull();
    }

    [InlineArray(FundingLength)]
    struct Elements
    {
        ExactDecimal _first;
    }
}
