using Ticklake.Runtime.Sessions;

namespace Ticklake.Runtime.Recording;

/// <summary>A recorder at one moment, for people and for <c>ticklake status</c>.</summary>
public sealed record RecorderStatus
{
    public int ProcessId { get; init; } = Environment.ProcessId;

    public DateTimeOffset Time { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public string State { get; init; } = "running";

    public RecorderCounts Counts { get; init; }

    public IReadOnlyList<ConnectionStatus> Connections { get; init; } = [];

    public int OpenSegments { get; init; }

    public long OpenRows { get; init; }

    public long SealedSegments { get; init; }

    public long SealedRows { get; init; }

    public long JournalBacklogBytes { get; init; }

    public string? JournalFault { get; init; }

    public long QueuedRows { get; init; }

    /// <summary>How many forced flushes have been finished.</summary>
    public long Flushes { get; init; }
}

/// <summary>One planned connection.</summary>
/// <param name="Market">Exchange and market.</param>
/// <param name="Ordinal">1-based.</param>
/// <param name="State"><c>connected</c>, <c>replacing</c>, <c>waiting</c>; of polls <c>polling</c>.</param>
/// <param name="ConnId">The session's id, or null.</param>
/// <param name="Live">Streams that deliver.</param>
/// <param name="Streams">Streams wanted.</param>
/// <param name="Reconnects">Since the start.</param>
/// <param name="Frames">Frames of the present session.</param>
/// <param name="LastFault">Why the last session ended, or null.</param>
public sealed record ConnectionStatus(
    string Market,
    int Ordinal,
    string State,
    string? ConnId,
    int Live,
    int Streams,
    int Reconnects,
    long Frames,
    string? LastFault)
{
    /// <summary>The state of a session that asks by REST and has no connection of its own.</summary>
    public const string Polling = "polling";

    /// <summary>The local address it leaves from, or null where the system chooses.</summary>
    public string? Address { get; init; }

    /// <summary>Books that fail again and again.</summary>
    public IReadOnlyList<FailingBook> FailingBooks { get; init; } = [];
}
