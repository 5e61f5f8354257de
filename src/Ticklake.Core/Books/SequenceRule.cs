namespace Ticklake.Core.Books;

/// <summary>Where a book's snapshot comes from.</summary>
public enum SnapshotSource : byte
{
    /// <summary>The stream itself begins with it.</summary>
    InBand,

    /// <summary>It is asked for by REST and joined to the stream by update ids.</summary>
    Rest,

    /// <summary>Every message is a whole book.</summary>
    EveryMessage,
}

/// <summary>How the updates of a stream follow each other.</summary>
public enum Chaining : byte
{
    /// <summary>Nothing in the stream says; a connection-wide counter or a checksum does.</summary>
    None,

    /// <summary>First id == last id of the previous update + 1.</summary>
    ConsecutiveIds,

    /// <summary>Each update names the last id of the one before it.</summary>
    EachNamesPrevious,
}

/// <summary>
/// How a book's updates join its snapshot and follow each other: a value that an exchange chooses by name and that is
/// tested once for all of them.
/// </summary>
/// <param name="Name">What people and <c>gaps</c> call the rule.</param>
/// <param name="Snapshot">Where the snapshot comes from.</param>
/// <param name="Chaining">How updates follow each other.</param>
/// <param name="ConnectionCounter">Every frame of the connection counts up by one.</param>
public sealed record SequenceRule(string Name, SnapshotSource Snapshot, Chaining Chaining, bool ConnectionCounter)
{
    /// <summary>No book, or nothing to check.</summary>
    public static SequenceRule None { get; } = new("none", SnapshotSource.InBand, Chaining.None, false);

    /// <summary>Snapshot in band; the connection's counter and checksums prove continuity (Bitfinex).</summary>
    public static SequenceRule PerConnectionCounter { get; } =
        new("seq == last seq + 1", SnapshotSource.InBand, Chaining.None, true);

    /// <summary>Snapshot in band; a checksum is the only proof (OKX recordings before 2023).</summary>
    public static SequenceRule ChecksumOnly { get; } =
        new("checksum == crc32(book)", SnapshotSource.InBand, Chaining.None, false);

    /// <summary>Every message is a whole book; nothing chains them (Upbit).</summary>
    public static SequenceRule EveryMessageIsWhole { get; } =
        new("every message is a whole book", SnapshotSource.EveryMessage, Chaining.None, false);

    /// <summary>
    /// Snapshot by REST; the first update spans snapshot id + 1, then U == last u + 1 (Binance spot, MEXC, Gate).
    /// </summary>
    public static SequenceRule FirstDeltaSpansSnapshot { get; } =
        new("U == last u + 1", SnapshotSource.Rest, Chaining.ConsecutiveIds, false);

    /// <summary>
    /// Snapshot by REST; the first update spans the snapshot's id or names it as its previous one, then each names the last
    /// id of the one before (Binance USD-M).
    /// </summary>
    public static SequenceRule EachNamesPrevious { get; } =
        new("pu == last u", SnapshotSource.Rest, Chaining.EachNamesPrevious, false);

    /// <summary>
    /// Snapshot in band, then each update names the id of the one before it, which may be higher: a counter that was reset
    /// (OKX).
    /// </summary>
    public static SequenceRule EachNamesPreviousInBand { get; } =
        new("prevSeqId == last seqId", SnapshotSource.InBand, Chaining.EachNamesPrevious, false);

    /// <summary>Snapshot in band, then first id == last id + 1 (Bybit, Gate's order book V2).</summary>
    public static SequenceRule ConsecutiveIdsInBand { get; } =
        new("U == last u + 1 after the snapshot", SnapshotSource.InBand, Chaining.ConsecutiveIds, false);
}
