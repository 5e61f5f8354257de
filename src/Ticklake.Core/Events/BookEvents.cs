using Ticklake.Core.Numbers;

namespace Ticklake.Core.Events;

public enum BookSide : byte
{
    Bid,
    Ask,
}

/// <summary>What one frame says about a book by price, besides its levels. Absent ids are <see cref="EventStamp.None"/>.</summary>
/// <param name="Stamp">Sequence and exchange time.</param>
/// <param name="IsSnapshot">The levels are the whole book, not changes to it.</param>
/// <param name="FirstUpdateId">First update id folded into this event (Binance <c>U</c>).</param>
/// <param name="LastUpdateId">Last update id folded into this event (Binance <c>u</c>, <c>lastUpdateId</c>).</param>
/// <param name="PreviousUpdateId">The id this event says it follows (Binance futures <c>pu</c>, OKX <c>prevSeqId</c>).</param>
/// <param name="BatchId">Numbers the frames of a bulk update, or <see cref="EventStamp.None"/>.</param>
public readonly record struct BookUpdate(
    EventStamp Stamp,
    bool IsSnapshot,
    long FirstUpdateId,
    long LastUpdateId,
    long PreviousUpdateId,
    long BatchId)
{
    /// <summary>An update of an exchange that gives books no ids.</summary>
    public static BookUpdate WithoutIds(EventStamp stamp, bool isSnapshot, long batchId = EventStamp.None) =>
        new(stamp, isSnapshot, EventStamp.None, EventStamp.None, EventStamp.None, batchId);
}

/// <summary>One price level: an absolute amount that replaces the old one; zero deletes the level.</summary>
/// <param name="Side">Bid or ask.</param>
/// <param name="Price">In quote units.</param>
/// <param name="Amount">In base units, never negative; zero deletes.</param>
/// <param name="Count">Orders at the level, or -1 where the exchange does not say.</param>
public readonly record struct BookLevel(BookSide Side, ExactDecimal Price, ExactDecimal Amount, int Count = -1);

/// <summary>What one frame says about a book by order, besides its orders.</summary>
public readonly record struct RawBookUpdate(EventStamp Stamp, bool IsSnapshot, long BatchId);

/// <summary>One order inserted or replaced, or deleted (then price and amount are zero: the exchange does not give them).</summary>
public readonly record struct BookOrder(
    long OrderId,
    BookSide Side,
    ExactDecimal Price,
    ExactDecimal Amount,
    bool IsDelete);

/// <summary>A checksum the exchange sent over its own book, as the signed 32-bit number on the wire.</summary>
public readonly record struct BookChecksum(EventStamp Stamp, int Value);

/// <summary>The first levels of a book, complete, best first: bids then asks.</summary>
public readonly record struct DepthSnapshot(EventStamp Stamp, long LastUpdateId);
