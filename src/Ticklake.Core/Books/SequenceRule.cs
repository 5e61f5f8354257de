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

    /// <summary>
    /// Snapshot by REST; the first update spans snapshot id + 1, then U == last u + 1 (Binance spot).
    /// </summary>
    public static SequenceRule FirstDeltaSpansSnapshot { get; } =
        new("U == last u + 1", SnapshotSource.Rest, Chaining.ConsecutiveIds, false);
}
