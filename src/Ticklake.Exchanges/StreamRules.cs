using Ticklake.Core.Books;

namespace Ticklake.Exchanges;

/// <summary>How one stream is checked; values an exchange chooses, not behaviour it overrides.</summary>
/// <param name="Sequence">How book updates join the snapshot and chain; <see cref="SequenceRule.None"/> for other tables.</param>
/// <param name="Checksum">Computes the exchange's checksum of a book by price, or null.</param>
/// <param name="RawChecksum">The same for a book by order, or null.</param>
/// <param name="Trades">What may be expected of trade ids.</param>
/// <param name="MaxLevels">The exchange never keeps more levels a side than this in the stream, or null.</param>
/// <param name="KeptLevels">
/// The stream keeps only so many of the best levels a side up to date: what lies deeper is forgotten after each message, or
/// null.
/// </param>
/// <param name="DeletesNameKnownLevels">A delete of a level that the book does not hold proves that a message was lost.</param>
/// <param name="MayCross">Between two messages the book may be crossed for an instant.</param>
/// <param name="TickerIds">What may be expected of the update ids of best prices.</param>
/// <param name="KeepAlive">
/// Where nothing changes the stream says so only this often, or null where the exchange names no interval: a shorter silence
/// is none.
/// </param>
public sealed record StreamRules(
    SequenceRule Sequence,
    Func<PriceBook, int>? Checksum = null,
    Func<OrderBook, int>? RawChecksum = null,
    TradeIdRule Trades = TradeIdRule.Unique,
    int? MaxLevels = null,
    int? KeptLevels = null,
    bool DeletesNameKnownLevels = false,
    bool MayCross = true,
    TickerIdRule TickerIds = TickerIdRule.Rising,
    TimeSpan? KeepAlive = null);

/// <summary>What may be expected of a stream's trade ids.</summary>
public enum TradeIdRule : byte
{
    /// <summary>No ids.</summary>
    None,

    /// <summary>An id never comes twice; nothing else is promised.</summary>
    Unique,

    /// <summary>Each id is the last one plus one.</summary>
    Consecutive,

    /// <summary>
    /// Ids are only unique, but the sequence number beside them, where there is one, is the last one plus one.
    /// </summary>
    ConsecutiveSequence,
}

/// <summary>What may be expected of the update ids of a stream of best prices.</summary>
public enum TickerIdRule : byte
{
    /// <summary>Each is higher than the one before.</summary>
    Rising,

    /// <summary>As <see cref="Rising"/>, and an exchange that has restarted begins at one, on the same connection (Bybit).</summary>
    MayBeginAtOne,

    /// <summary>The last message is repeated as a sign of life, and the counter may be reset (OKX).</summary>
    MayRepeatAndFall,
}
