using Ticklake.Core.Numbers;

namespace Ticklake.Core.Events;

/// <summary>
/// What a derivative is valued at and what holding it costs. Exchanges spread these over messages of several kinds, so any
/// of them may be <see cref="ExactDecimal.None"/> or <see cref="EventStamp.None"/>.
/// </summary>
/// <param name="Stamp">Sequence and exchange time.</param>
/// <param name="MarkPrice">The price that margins are computed with.</param>
/// <param name="IndexPrice">Of the underlying, over several markets.</param>
/// <param name="EstimatedSettlePrice">What settlement would be at now; means something shortly before it only.</param>
/// <param name="FundingRate">Of the present interval, as a fraction: 0.0001 is 0.01 %. Positive: longs pay.</param>
/// <param name="NextFundingUs">When funding is next exchanged, microseconds UTC.</param>
public readonly record struct MarkPriceEvent(
    EventStamp Stamp,
    ExactDecimal MarkPrice,
    ExactDecimal IndexPrice,
    ExactDecimal EstimatedSettlePrice,
    ExactDecimal FundingRate,
    long NextFundingUs);
