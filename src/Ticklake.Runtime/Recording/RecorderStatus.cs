using Ticklake.Core.Markets;
using Ticklake.Runtime.Clocks;
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

    /// <summary>What is not recorded because the disk is nearly full, in words; null where it is not.</summary>
    public string? LeftOut { get; init; }

    public long QueuedRows { get; init; }

    /// <summary>The exchanges' clocks as they were last measured.</summary>
    public IReadOnlyList<ClockStatus> Clocks { get; init; } = [];

    /// <summary>The latencies of <see cref="Counts"/> may be wrong by so much; null while no clock is known.</summary>
    public long? LatencyUncertaintyUs => Clocks.Count == 0 ? null : Clocks.Max(c => c.LatencyUncertaintyUs);

    /// <summary>What the rules of the configuration have selected.</summary>
    public IReadOnlyList<SelectionStatus> Selections { get; init; } = [];

    /// <summary>How many forced flushes have been finished.</summary>
    public long Flushes { get; init; }
}

/// <summary>One exchange's clock against ours.</summary>
/// <param name="Market">Exchange and market.</param>
/// <param name="OffsetUs">Its clock less ours.</param>
/// <param name="UncertaintyUs">The truth lies so far from it at most.</param>
/// <param name="LatencyUncertaintyUs">How wrong the market's latencies may be for it.</param>
/// <param name="RttUs">Round trip of the quickest answer.</param>
/// <param name="Source">What told the time.</param>
/// <param name="At">When it was measured.</param>
public sealed record ClockStatus(
    string Market, long OffsetUs, long UncertaintyUs, long LatencyUncertaintyUs, long RttUs, string Source, DateTimeOffset At)
{
    public static ClockStatus Of(MarketId market, ClockMeasurement clock) => new(
        market.ToString(), clock.OffsetUs, clock.UncertaintyUs, clock.LatencyUncertaintyUs, clock.RttUs, clock.Source, clock.At);
}

/// <summary>One selection rule of the configuration.</summary>
/// <param name="Market">Exchange and market.</param>
/// <param name="Rule">The rule as people say it.</param>
/// <param name="Symbols">What it selects.</param>
/// <param name="Streams">How many streams that makes.</param>
/// <param name="Fault">What it lacks, or null.</param>
public sealed record SelectionStatus(
    string Market, string Rule, IReadOnlyList<string> Symbols, int Streams, string? Fault);

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
    /// <summary>The local address it leaves from, or null where the system chooses.</summary>
    public string? Address { get; init; }

    /// <summary>Books that fail again and again.</summary>
    public IReadOnlyList<FailingBook> FailingBooks { get; init; } = [];

    /// <summary>The state of a session that asks by REST and has no connection of its own.</summary>
    public const string Polling = "polling";
}
