using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Core.Time;

namespace Ticklake.Runtime.Pipeline;

/// <summary>Kinds of finding about the wholeness of the data; the texts of the <c>controls</c> table.</summary>
public static class IntegrityKind
{
    /// <summary>Messages are missing.</summary>
    public const string Gap = "gap";

    /// <summary>The exchange's checksum of a book differs from ours.</summary>
    public const string ChecksumMismatch = "checksum_mismatch";

    /// <summary>A message that had been missing arrived late.</summary>
    public const string OutOfOrder = "out_of_order";

    /// <summary>An id stood far ahead of those before and behind it: it is recorded, and not counted from.</summary>
    public const string Outlier = "outlier";

    /// <summary>A message came twice; the second was not recorded again.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>A frame that is not what the exchange documents.</summary>
    public const string Quarantined = "quarantined";

    /// <summary>The stream was not connected for a while.</summary>
    public const string Disconnect = "disconnect";

    /// <summary>A book whose two sides overlap although its updates are whole.</summary>
    public const string Crossed = "crossed";

    /// <summary>A book snapshot older than the updates it should be joined to.</summary>
    public const string StaleSnapshot = "stale_snapshot";

    /// <summary>A book that nothing had cast doubt on is not the exchange's own.</summary>
    public const string Drift = "drift";

    /// <summary>A book is proven right again.</summary>
    public const string Resynced = "resynced";
}

/// <summary>One finding, with the place in the journal where it could first be made.</summary>
/// <param name="Kind">One of <see cref="IntegrityKind"/>.</param>
/// <param name="Market">Where.</param>
/// <param name="Stream">The stream affected, or null for the whole connection.</param>
/// <param name="Rule">The rule that was broken, as people say it: <c>U == last u + 1</c>.</param>
/// <param name="Expected">What the rule asked for.</param>
/// <param name="Seen">What came.</param>
public sealed record IntegrityEvent(
    string Kind,
    MarketId Market,
    StreamKey? Stream,
    string Rule,
    string Expected,
    string Seen)
{
    /// <summary>First missing (or affected) sequence number, or <see cref="EventStamp.None"/>.</summary>
    public long FromSeq { get; init; } = EventStamp.None;

    /// <summary>Last missing (or affected) sequence number, or <see cref="EventStamp.None"/>.</summary>
    public long ToSeq { get; init; } = EventStamp.None;

    public string SourceFile { get; init; } = "";

    public long LineNumber { get; init; }

    /// <summary>The line in the imported recording, or 0.</summary>
    public long ImportedLine { get; init; }

    public TimestampNs Time { get; init; }

    /// <summary>A hole in the data: also marked in the segment of the stream.</summary>
    public bool IsHole => Kind is IntegrityKind.Gap or IntegrityKind.ChecksumMismatch or IntegrityKind.Disconnect
        or IntegrityKind.Drift;
}
