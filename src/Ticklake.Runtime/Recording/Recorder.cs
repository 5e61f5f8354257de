using Microsoft.Extensions.Logging;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Replay;
using Ticklake.Runtime.Sessions;
using Ticklake.Runtime.Telemetry;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Recording;

/// <summary>
/// The whole recorder: recovers what an earlier run left unfinished, records every configured market, and on request seals
/// everything and ends. Thread-safe where it says so.
/// </summary>
public sealed class Recorder : IAsyncDisposable
{
    readonly RecorderOptions _options;
    readonly TimeProvider _clock;
    readonly ILogger _log;
    readonly RowBatchPool _pool = new();
    readonly LiveJournals _liveJournals = new();
    readonly RecorderTotals _totals = new();
    readonly EndedSessions _ended = new();
    readonly BudgetRegister _budgets;
    readonly SegmentCatalog _catalog;
    readonly JournalFlusher _journal;
    readonly SegmentSetting _segments;
    readonly SegmentStore _store;
    readonly PostMortem _postMortem;
    readonly Thrift _thrift = new();
    readonly DateTimeOffset _startedAt;
    StorePump? _pump;
    long _flushes;

    // Replaced as a whole: the status may be asked for while markets are being added.
    volatile MarketRecorder[] _markets = [];
    long _lastOrder;

    /// <param name="options">What to record and where; the data folder must be writable and locked by the caller.</param>
    /// <param name="clock">Every time comes from here.</param>
    /// <param name="log">The recorder's log.</param>
    public Recorder(RecorderOptions options, TimeProvider clock, ILogger log)
    {
        _options = options;
        _clock = clock;
        _log = log;
        _startedAt = clock.GetUtcNow();
        FreeBytes = () => new DriveInfo(options.Data).AvailableFreeSpace;
        _budgets = new BudgetRegister(options.Data, clock, log);
        _catalog = new SegmentCatalog(options.Data, DiskFileSystem.Instance);
        _journal = new JournalFlusher(clock, options.Journal.Files);
        _journal.Faulted += fault => LogMessages.JournalFaulted(log, fault.What);
        _journal.Recovered += () => LogMessages.JournalRecovered(log);
        _segments = new SegmentSetting(
            options.Segments.Cut with { File = options.Segments.Files },
            options.Data,
            DiskFileSystem.Instance,
            _catalog,
            _pool)
        {
            Barrier = _liveJournals.WaitForDisk,
            Slice = new JournalSlicer(options.Data).Write,
            Clock = clock,
            Report = what => LogMessages.StoreFaulted(log, what),
        };
        _store = new SegmentStore(_segments);
        _postMortem = new PostMortem(options.Data, log);
    }

    /// <summary>Is told every finding; on the thread of the session it concerns.</summary>
    public Action<IntegrityEvent>? Observer { get; init; }

    /// <summary>Bytes free on the lake's disk.</summary>
    public Func<long> FreeBytes { get; init; }

    /// <summary>What recovery did at the start.</summary>
    public ReplayReport? Recovery { get; private set; }

    /// <summary>Recovers, then records until <paramref name="stop"/>, then seals everything.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var replay = await RecoverAsync(stop).ConfigureAwait(false);
        _pump = new StorePump(_store, _pool, _clock, _log, _options.MostQueuedRows);
        foreach (var market in _options.Markets)
            _markets = [.. _markets, Prepare(market, replay)];
        var finisher = new SessionFinisher(_segments, _pump, _ended, () => SealAllAsync(EndReasons.Flush), _clock, _log)
        {
            Retention = _options.Journal.Retention,
        };
        var upkeep = new LakeUpkeep(_segments, _options, _markets, _clock, _log) { FreeBytes = FreeBytes, Thrift = _thrift };
        await Task.WhenAll(
            [
                .. _markets.Select(m => m.RunAsync(stop)), finisher.RunAsync(_options.FinishInterval, stop),
                upkeep.RunAsync(_options.FinishInterval, stop),
            ])
            .ConfigureAwait(false);
        await SealAllAsync(EndReasons.Shutdown).ConfigureAwait(false);
    }

    /// <summary>Any thread: seals every open segment now; recording goes on.</summary>
    public async Task<int> FlushAsync()
    {
        await Task.WhenAll([.. Running().Select(s => s.HandOverAsync()), .. Polling().Select(s => s.HandOverAsync())]).ConfigureAwait(false);
        var sealedSegments = await SealAllAsync(EndReasons.Flush).ConfigureAwait(false);
        Interlocked.Increment(ref _flushes);
        return sealedSegments;
    }

    /// <summary>Any thread.</summary>
    public RecorderStatus Status()
    {
        var store = _pump?.Status ?? StoreStatus.Empty;
        return new RecorderStatus
        {
            Time = _clock.GetUtcNow(),
            StartedAt = _startedAt,
            State = _pump is null ? "recovering" : "running",
            Counts = _totals.With(
                Running().Select(s => s.Counters).Concat(Polling().Select(s => s.Counters)).OfType<PipelineCounters>()),
            Connections = [.. _markets.SelectMany(m => m.Keepers).Select(Describe), .. _markets.SelectMany(m => m.Polls).Select(Describe)],
            Selections =
            [
                .. from market in _markets
                   from s in market.Selections
                   select new SelectionStatus(market.Market.ToString(), s.Rule.ToString(), s.Symbols, s.Streams.Count, s.Fault),
            ],
            Clocks =
            [
                .. from market in _markets
                   let clock = market.ServerClock
                   where clock is not null
                   select ClockStatus.Of(market.Market, clock),
            ],
            OpenSegments = store.OpenSegments,
            OpenRows = store.OpenRows,
            SealedSegments = store.SealedSegments,
            SealedRows = store.SealedRows,
            JournalBacklogBytes = _journal.BacklogBytes,
            JournalFault = _journal.Fault?.What,
            LeftOut = _thrift.Level == ThriftLevel.None ? null : Thrift.LeftOut(_thrift.Level),
            QueuedRows = _pump?.QueuedRows ?? 0,
            Flushes = Volatile.Read(ref _flushes),
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var market in _markets)
            market.Dispose();
        await _budgets.DisposeAsync().ConfigureAwait(false);
        await _postMortem.Written.ConfigureAwait(false);
        if (_pump is not null)
            await _pump.DisposeAsync().ConfigureAwait(false);
        await _journal.DisposeAsync().ConfigureAwait(false);
    }

    async Task<LakeReplay> RecoverAsync(CancellationToken stop)
    {
        var cleaned = new SegmentRecovery(_options.Data, DiskFileSystem.Instance, _catalog)
            .Run(_options.Segments.Cut.Layout);
        foreach (var file in cleaned.Unsealed)
            LogMessages.Unsealed(_log, file);
        var waiting = new List<(string File, IReadOnlyList<StreamCarry> Streams)>();
        var sessions = JournalFolder.Sessions(_options.Data);
        var retired = RetiredSession.All(_options.Data);
        _lastOrder = sessions.Select(s => s.Header.Order).Concat(retired.Select(r => r.Order)).DefaultIfEmpty().Max();
        var lost = new List<SegmentLostException>();
        var replay = new LakeReplay(_pool, batch => StoreAsync(batch, lost))
        {
            SealedLines = _catalog.Coverage,
            Retired = retired,
            SessionDone = (session, states) => waiting.Add(
                (session.Files[0].FullPath, states.CarriesOf(session.Market))),
        };
        Recovery = await replay.RunAsync(sessions, stop).ConfigureAwait(false);
        lost.AddRange(await _store.SealAllAsync(EndReasons.EndOfJournal).ConfigureAwait(false));
        foreach (var fault in lost.Take(1))
            LogMessages.StoreFaulted(_log, fault.Message);
        // Otherwise the next start tries again: a full disk must not keep the recorder from the present.
        if (lost.Count == 0)
            waiting.ForEach(w => SessionMarker.TryWrite(w.File, w.Streams));
        if (Recovery.Sessions > Recovery.SessionsComplete)
            LogMessages.Recovered(_log, Recovery.Sessions - Recovery.SessionsComplete, Recovery.Rows);
        foreach (var damage in Recovery.Damages)
            LogMessages.JournalDamaged(_log, damage);
        return replay;
    }

    async ValueTask StoreAsync(RowBatch batch, List<SegmentLostException> lost)
    {
        try
        {
            await _store.AppendAsync(batch).ConfigureAwait(false);
        }
        catch (SegmentLostException fault)
        {
            lost.Add(fault);
        }
    }

    MarketRecorder Prepare(MarketOptions market, LakeReplay replay)
    {
        var around = new SessionSurroundings(
            _options.Data,
            _clock,
            _options.Session,
            _journal,
            _liveJournals,
            new PipelineOutputs(_pump!, _pool, Observe) { Drifts = _postMortem.Take },
            _log)
        {
            NextOrder = () => Interlocked.Increment(ref _lastOrder),
            Thrift = _thrift,
        };
        var states = replay.StatesOf(market.Exchange);
        return new MarketRecorder(
            market, around, states, _budgets, s => OnEnded(s, states), s => OnEnded(s, states))
        {
            Clock = _options.Clock,
        };
    }

    void OnEnded(Session session, StreamStates states)
    {
        if (session.Counters is { } counters)
            _totals.Add(counters);
        if (session.JournalFile is not { } file)
            return;
        // A replacement that was given up makes no rows: the one it followed went on and has them all.
        if (session.WasDropped)
            SessionMarker.TryWrite(file, []);
        if (session.IsUnprocessed)
            return;
        _ended.Add(_options.Data, file, session.Plan.Streams.Select(states.Of), _clock.GetTimestamp());
    }

    void OnEnded(PollSession session, StreamStates states)
    {
        if (session.Counters is { } counters)
            _totals.Add(counters);
        if (session.JournalFile is { } file)
            _ended.Add(_options.Data, file, session.Plan.Polls.Select(p => states.Of(p.Key)), _clock.GetTimestamp());
    }

    void Observe(IntegrityEvent finding)
    {
        LogMessages.Finding(
            _log,
            finding.Market.ToString(),
            finding.Stream?.ToString() ?? "",
            finding.Kind,
            finding.Expected,
            finding.Seen,
            finding.Rule,
            finding.SourceFile,
            finding.LineNumber);
        Observer?.Invoke(finding);
    }

    async Task<int> SealAllAsync(string reason)
    {
        var ended = _ended.Waiting;
        var before = _pump!.Status.SealedSegments;
        var lost = await _pump.RunAsync(store => store.SealAllAsync(reason)).ConfigureAwait(false);
        foreach (var fault in lost)
        {
            LogMessages.StoreFaulted(_log, fault.Message);
            _pump.Report(fault);
        }

        // A session is finished only if nothing of it was lost on the way; otherwise it is caught up with, or replayed at
        // the next start.
        _ended.Complete(ended.Where(e => !_pump.Missing.Of(e.Folder)));
        var count = (int)(_pump.Status.SealedSegments - before);
        LogMessages.Sealed(_log, count);
        return count;
    }

    IEnumerable<Session> Running() => _markets.SelectMany(m => m.Keepers).Select(k => k.Current).OfType<Session>();

    IEnumerable<PollSession> Polling() => _markets.SelectMany(m => m.Polls).Select(k => k.Current).OfType<PollSession>();

    static ConnectionStatus Describe(PollKeeper keeper)
    {
        var session = keeper.Current;
        return new ConnectionStatus(
            keeper.Plan.Market.ToString(),
            keeper.Plan.Ordinal,
            session?.JournalFile is null ? "waiting" : ConnectionStatus.Polling,
            session?.ConnId,
            session?.Live ?? 0,
            keeper.Plan.Polls.Count,
            Reconnects: 0,
            session?.Counters?.Frames ?? 0,
            session?.LastFault);
    }

    static ConnectionStatus Describe(ConnectionKeeper keeper)
    {
        var session = keeper.Current;
        var state = session is null || session.OpenedAt == default ? "waiting" : keeper.Replacement is null ? "connected" : "replacing";
        return new ConnectionStatus(
            keeper.Plan.Market.ToString(),
            keeper.Plan.Ordinal,
            state,
            session?.ConnId,
            session?.Board.All.Count(w => w.Stage == StreamStage.Live) ?? 0,
            keeper.Plan.Streams.Count,
            keeper.Reconnects,
            session?.Counters?.Frames ?? 0,
            keeper.LastFault)
        {
            Address = keeper.Plan.Route.Address?.ToString(),
            FailingBooks = session?.FailingBooks ?? [],
        };
    }
}
