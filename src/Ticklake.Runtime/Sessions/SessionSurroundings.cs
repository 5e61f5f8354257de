using Microsoft.Extensions.Logging;
using Ticklake.Core.Markets;
using Ticklake.Core.Time;
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

    /// <summary>What the disk has no room for.</summary>
    public Thrift Thrift { get; init; } = new();

    /// <summary>How far the exchange's clock is from ours: latencies are told in its time.</summary>
    public ServerClock ServerClock { get; init; } = new();

    /// <summary>Any thread: the pair of a symbol as the exchange lists it, or null where that is not known.</summary>
    public Func<string, string?> PairOf { get; init; } = static _ => null;

    /// <summary>
    /// Any thread: begins a session's journal. Its first line gets the session's place among all and the pairs of its streams.
    /// </summary>
    /// <exception cref="JournalFaultedException">The journal cannot be opened.</exception>
    public async Task<JournalWriter> OpenJournalAsync(JournalHeader header, TimestampNs now)
    {
        header = header with { Order = NextOrder(), Pairs = PairsOf(header.Streams) };
        // The folder's fsync may take seconds on a busy disk.
        var journal = await OwnThread.RunAsync("ticklake journal open", () => JournalWriter.Open(Journal, DataDirectory, header, now))
            .ConfigureAwait(false);
        LiveJournals.Add(header.ConnId, journal);
        return journal;
    }

    Dictionary<string, string> PairsOf(IEnumerable<StreamKey> streams) => streams.Select(s => s.Symbol).Distinct()
        .Select(symbol => (symbol, pair: PairOf(symbol))).Where(p => p.pair is not null)
        .ToDictionary(p => p.symbol, p => p.pair!, StringComparer.Ordinal);
}
