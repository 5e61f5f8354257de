using Ticklake.Exchanges;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Replay;

/// <summary>What a replay did.</summary>
public sealed record ReplayReport
{
    public int Sessions { get; set; }

    /// <summary>Sessions left out because a note says that every row of theirs is sealed.</summary>
    public int SessionsComplete { get; set; }

    /// <summary>Sessions left out because they were opened as replacements and given up.</summary>
    public int SessionsDropped { get; set; }

    public long Lines { get; set; }

    public long Frames { get; set; }

    public long Rows { get; set; }

    public long Findings { get; set; }

    /// <summary>Damaged or torn journal files, and journals of exchanges this program does not know.</summary>
    public List<string> Damages { get; } = [];

    /// <summary>
    /// Journal files that end in a block cut short, which a killed recorder leaves behind; <see cref="Damages"/> tells of
    /// them too.
    /// </summary>
    public List<string> TornFiles { get; } = [];
}

/// <summary>
/// Turns journals into rows, session by session in the order of their beginnings: the one code behind <c>replay</c>,
/// recovery at start, <c>verify</c> and <c>gaps</c>. One thread.
/// </summary>
public sealed class LakeReplay(RowBatchPool pool, Func<RowBatch, ValueTask> take)
{
    const int LinesPerTurn = 4096;

    readonly Dictionary<string, StreamStates> _states = [];

    /// <summary>Leaves out rows that sealed segments hold, and whole sessions that are marked complete.</summary>
    public SealedLines? SealedLines { get; init; }

    /// <summary>
    /// Sessions whose journals are gone, in order: what their streams left is given to the sessions after them.
    /// </summary>
    public IReadOnlyList<RetiredSession> Retired { get; init; } = [];

    /// <summary>Is told every finding.</summary>
    public Action<IntegrityEvent>? Observer { get; init; }

    /// <summary>Is told each session after its last line, with the states it left.</summary>
    public Action<JournalSession, StreamStates>? SessionDone { get; init; }

    /// <summary>What the streams of an exchange were left with; the next live session goes on from there.</summary>
    public StreamStates StatesOf(IExchange exchange)
    {
        if (!_states.TryGetValue(exchange.Id, out var states))
            _states.Add(exchange.Id, states = new StreamStates(exchange));
        return states;
    }

    public async Task<ReplayReport> RunAsync(IEnumerable<JournalSession> sessions, CancellationToken cancel)
    {
        var report = new ReplayReport();
        var retired = new Queue<RetiredSession>(Retired);
        foreach (var session in sessions)
        {
            cancel.ThrowIfCancellationRequested();
            while (retired.TryPeek(out var next) && next.IsBefore(session))
                Apply(retired.Dequeue());
            if (ExchangeCatalog.Find(session.Market.Exchange) is not { } exchange)
            {
                report.Damages.Add($"{session.Files[0].RelativePath}: no adapter for exchange '{session.Market.Exchange}'");
                continue;
            }

            report.Sessions++;
            var states = StatesOf(exchange);
            if (SealedLines is not null && SessionMarker.Find(session) is { } marker)
            {
                foreach (var carry in marker.Streams)
                    carry.ApplyTo(states, session.Market);
                report.SessionsComplete++;
                continue;
            }

            if (StandbyVerdict.WasDropped(session))
            {
                report.SessionsDropped++;
                SessionDone?.Invoke(session, new StreamStates(exchange));
                continue;
            }

            await ReplayAsync(session, exchange, states, report, cancel).ConfigureAwait(false);
            SessionDone?.Invoke(session, states);
        }

        foreach (var last in retired)
            Apply(last);
        return report;
    }

    void Apply(RetiredSession session)
    {
        if (ExchangeCatalog.Find(session.Exchange) is { } exchange)
            session.ApplyTo(StatesOf(exchange));
    }

    async Task ReplayAsync(
        JournalSession session, IExchange exchange, StreamStates states, ReplayReport report, CancellationToken cancel)
    {
        var sink = new QueueSink();
        using var replay = new SessionReplay(
            session, exchange, states, new PipelineOutputs(sink, pool, Observe(report)), SealedLines);
        bool goesOn;
        do
        {
            cancel.ThrowIfCancellationRequested();
            goesOn = replay.Advance(LinesPerTurn);
            while (sink.TryDequeue(out var batch))
                await take(batch!).ConfigureAwait(false);
        }
        while (goesOn);

        report.Lines += replay.Lines;
        report.Frames += replay.Pipeline.Counters.Frames;
        report.Rows += replay.Pipeline.Counters.Rows;
        report.Damages.AddRange(replay.Damages);
        report.TornFiles.AddRange(replay.TornFiles);
    }

    Action<IntegrityEvent> Observe(ReplayReport report) => finding =>
    {
        report.Findings++;
        Observer?.Invoke(finding);
    };
}
