using Ticklake.Core.Numbers;

namespace Ticklake.Core.Events;

/// <summary>The taker's side.</summary>
public enum TradeSide : byte
{
    Buy,
    Sell,
}

/// <summary>The kind of message that brought a trade.</summary>
public enum TradeMessage : byte
{
    /// <summary>An exchange with a single kind of trade message.</summary>
    Trade,

    /// <summary>Several fills of one taker order reported as one.</summary>
    Aggregate,

    /// <summary>Bitfinex <c>te</c>: executed.</summary>
    Executed,

    /// <summary>Bitfinex <c>tu</c>: executed and confirmed.</summary>
    Updated,
}

/// <summary>One trade.</summary>
public readonly record struct TradeEvent(
    EventStamp Stamp,
    TradeId Id,
    long TradeTimeUs,
    ExactDecimal Price,
    ExactDecimal Amount,
    TradeSide Side,
    TradeMessage Message,
    bool IsSnapshot);
