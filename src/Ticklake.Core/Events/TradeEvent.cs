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
/// <param name="Stamp">Sequence and exchange time.</param>
/// <param name="Id">Its id, or that of its last fill.</param>
/// <param name="TradeTimeUs">When it happened, microseconds since the Unix epoch by the exchange's clock.</param>
/// <param name="Price">In quote units.</param>
/// <param name="Amount">Never negative; of all fills together.</param>
/// <param name="Side">The taker's.</param>
/// <param name="Message">The kind of message that brought it.</param>
/// <param name="IsSnapshot">From before the subscription.</param>
/// <param name="FillCount">Fills folded into it: their ids end with <paramref name="Id"/> and count up by one (OKX).</param>
public readonly record struct TradeEvent(
    EventStamp Stamp,
    TradeId Id,
    long TradeTimeUs,
    ExactDecimal Price,
    ExactDecimal Amount,
    TradeSide Side,
    TradeMessage Message,
    bool IsSnapshot,
    int FillCount = 1);
