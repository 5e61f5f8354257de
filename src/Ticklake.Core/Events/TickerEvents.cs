using Ticklake.Core.Numbers;

namespace Ticklake.Core.Events;

/// <summary>
/// 24-hour statistics. A value the exchange does not give is <see cref="ExactDecimal.None"/>.
/// <see cref="DailyChangeRelative"/> is a fraction (0.01 = 1 %).
/// </summary>
public readonly record struct TickerEvent(
    EventStamp Stamp,
    ExactDecimal Bid,
    ExactDecimal BidSize,
    ExactDecimal Ask,
    ExactDecimal AskSize,
    ExactDecimal Last,
    ExactDecimal Volume,
    ExactDecimal High,
    ExactDecimal Low,
    ExactDecimal DailyChange,
    ExactDecimal DailyChangeRelative);

/// <summary>Best bid and ask. A side without orders is <see cref="ExactDecimal.None"/>.</summary>
public readonly record struct BookTickerEvent(
    EventStamp Stamp,
    ExactDecimal Bid,
    ExactDecimal BidSize,
    ExactDecimal Ask,
    ExactDecimal AskSize,
    long UpdateId);

/// <summary>One candle as the exchange sent it; later ones with the same open time replace earlier ones.</summary>
/// <param name="Stamp">Sequence and exchange time.</param>
/// <param name="OpenTimeUs">Bucket start, microseconds UTC.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">In base units.</param>
/// <param name="IsSnapshot">Part of the list sent at subscription.</param>
/// <param name="IsClosed">Null where the exchange does not say.</param>
public readonly record struct CandleEvent(
    EventStamp Stamp,
    long OpenTimeUs,
    ExactDecimal Open,
    ExactDecimal High,
    ExactDecimal Low,
    ExactDecimal Close,
    ExactDecimal Volume,
    bool IsSnapshot,
    bool? IsClosed);
