using Ticklake.Core.Numbers;

namespace Ticklake.Core.Events;

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
