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

/// <summary>How far a liquidation order is, in the words that exchanges share.</summary>
public enum LiquidationStatus : byte
{
    /// <summary>The exchange does not say.</summary>
    Unknown,
    New,
    PartiallyFilled,
    Filled,
    Canceled,
    Expired,
    Rejected,

    /// <summary>A word of the exchange that has no counterpart here.</summary>
    Other,
}

/// <summary>A position that the exchange closed by force. What it does not give is <see cref="ExactDecimal.None"/>.</summary>
/// <param name="Stamp">Sequence and exchange time.</param>
/// <param name="TimeUs">Time of the liquidation, microseconds UTC.</param>
/// <param name="Side">Of the order that closes the position: <see cref="TradeSide.Sell"/> closes a long.</param>
/// <param name="Price">Of the order (the bankruptcy price on some exchanges).</param>
/// <param name="AveragePrice">Of its fills.</param>
/// <param name="Amount">Of the order, in the units of the market's trades.</param>
/// <param name="Filled">Filled so far.</param>
/// <param name="Status">How far the order is.</param>
public readonly record struct LiquidationEvent(
    EventStamp Stamp,
    long TimeUs,
    TradeSide Side,
    ExactDecimal Price,
    ExactDecimal AveragePrice,
    ExactDecimal Amount,
    ExactDecimal Filled,
    LiquidationStatus Status);
