using Microsoft.Extensions.Logging;
using Ticklake.Runtime.Clocks;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Recording;

namespace Ticklake.Runtime.Sessions;

/// <summary>What all sessions of a recorder share.</summary>
/// <param name="DataDirectory">The lake.</param>
/// <param name="Clock">Every time comes from here.</param>
/// <param name="Timing">The times sessions live by.</param>
/// <param name="Journal">Writes all sessions' journals.</param>
/// <param name="LiveJournals">Knows the journals being written.</param>
/// <param name="Outputs">Takes rows and findings.</param>
/// <param name="Log">The recorder's log.</param>
public sealed record SessionSurroundings(
    string DataDirectory,
    TimeProvider Clock,
    SessionTiming Timing,
    JournalFlusher Journal,
    LiveJournals LiveJournals,
    PipelineOutputs Outputs,
    ILogger Log)
{
    /// <summary>Any thread: a number above that of every session before, for the journal (see its header).</summary>
    public Func<long> NextOrder { get; init; } = static () => 0;

    /// <summary>How far the exchange's clock is from ours: latencies are told in its time.</summary>
    public ServerClock ServerClock { get; init; } = new();

    /// <summary>Any thread: the pair of a symbol as the exchange lists it, or null where that is not known.</summary>
    public Func<string, string?> PairOf { get; init; } = static _ => null;
}
