using System.Net.WebSockets;
using System.Text;
using Ticklake.Core.Time;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Transport;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;

namespace Ticklake.Runtime.Sessions;

/// <summary>
/// One connection from open to close. A single loop receives, journals, processes and answers; REST answers, commands and
/// the clock reach it through a queue and a wake-up, so nothing of a session is ever touched by two threads at once.
/// </summary>
public sealed class Session : IAsyncDisposable
{
    // The loop looks at its queue and the clock after so many frames even if the socket never runs dry.
    const int FramesPerTurn = 256;

    readonly SessionPlan _plan;
    readonly SessionSurroundings _around;
    readonly StreamStates _states;
    readonly SnapshotDesk _snapshots;
    readonly ReconcileDesk _reconcile;
    readonly WakeSignal _wake = new();
    readonly SessionQueue _queue;
    readonly CancellationTokenSource _ending = new();
    readonly FrameFaultWindow _faults = new();
    readonly SubscriptionDesk _desk;
    readonly ISubscriptions _subscriptions;
    readonly FrameSocket _socket;
    readonly LifeSigns _life;
    readonly SessionDeadlines _deadlines;
    readonly SessionMilestones _milestones = new();
    readonly SessionReactions _reactions;
    JournalWriter? _journal;
    LineIntake? _intake;
    SessionEnd? _end;
    DateTimeOffset _closingSince;
    string? _stopReason;
    bool _hasMore;
    volatile bool _tickDue;
    volatile bool _stopAsked;

    public Session(SessionPlan plan, SessionSurroundings around, StreamStates states, SnapshotFetcher? snapshots, string? follows)
    {
        _plan = plan;
        _around = around;
        _states = states;
        _queue = new SessionQueue(_wake);
        Follows = follows;
        ConnId = ConnectionIds.Create(around.Clock, plan.Ordinal);
        _subscriptions = plan.Exchange.CreateSubscriptions(
            plan.Market, plan.Door, plan.Options with { Clock = around.Clock });
        _desk = new SubscriptionDesk(plan, around.Timing, _subscriptions, around.Log);
        _socket = new FrameSocket(_wake, around.Timing.MostFrameBytes, plan.Route);
        _life = new LifeSigns(plan.Limits.SocketTimeout, _subscriptions.Probe);
        _deadlines = new SessionDeadlines(plan.Limits, around.Timing, _desk, _life);
        _snapshots = new SnapshotDesk(
            snapshots, _subscriptions, around, (request, answer) => _queue.Post(() => TakeAnswer(request, answer)), _ending.Token);
        _reconcile = new ReconcileDesk(
            plan, snapshots, around, states, (answer => _queue.Post(() => TakeComparison(answer)), _ending.Token));
        _reactions = new SessionReactions(_desk, _snapshots, _reconcile, _milestones);
    }

    public string ConnId { get; }

    /// <summary>The session this one takes over from, or null.</summary>
    public string? Follows { get; }

    public SessionPlan Plan => _plan;

    /// <summary>Its share of the exchange's connection attempts, in use until the connection is there or has failed.</summary>
    public RateLease? Attempt { get; init; }

    /// <summary>Books that fail again and again. For display.</summary>
    public IReadOnlyList<FailingBook> FailingBooks => [.. _snapshots.Failing, .. _desk.FailingBooks];

    /// <summary>For display only: the loop goes on writing to it.</summary>
    public StreamBoard Board => _desk.Board;

    public PipelineCounters? Counters => _intake?.Counters;

    /// <summary>Full path of the session's first journal file; null before it is connected.</summary>
    public string? JournalFile { get; private set; }

    /// <summary>It never took over from the session before: its lines are in the journal only.</summary>
    public bool IsUnprocessed => _intake?.IsStandby ?? true;

    /// <summary>Its journal ends with the word that it was given up while the one it follows went on.</summary>
    public bool WasDropped { get; private set; }

    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>Completes (true) when every stream delivers or is refused, (false) when the session ended before.</summary>
    public Task<bool> Settled => _milestones.Settled.Task;

    /// <summary>Completes when the connection is over. A waiting session then still waits for its verdict.</summary>
    public Task Over => _milestones.Over.Task;

    /// <summary>The exchange announced that it will cut the connection: completes with its reason; a replacement is due.</summary>
    public Task<string> ReplacementDue => _milestones.ReplacementDue.Task;

    /// <summary>Connects and runs until the connection ends. Never throws for what the network or the exchange does.</summary>
    public async Task<SessionEnd> RunAsync(CancellationToken cancel)
    {
        try
        {
            if (await OpenAsync(cancel).ConfigureAwait(false) is { } failed)
                return failed;
            await using var tick = _around.Clock.CreateTimer(
                _ => { _tickDue = true; _wake.Set(); }, null, _around.Timing.Tick, _around.Timing.Tick);
            await using var stop = cancel.Register(() => Stop("the recorder stops"));
            await LoopAsync().ConfigureAwait(false);
        }
        finally
        {
            _milestones.EndConnection();
        }

        WasDropped = await new SessionClosing(_around, _journal!, _intake!, _milestones).RunAsync().ConfigureAwait(false);
        return _end!;
    }

    /// <summary>Any thread: closes gracefully; <see cref="RunAsync"/> ends soon.</summary>
    public void Stop(string reason)
    {
        _stopReason ??= reason;
        _stopAsked = true;
        _wake.Set();
    }

    /// <summary>Any thread: the session before this one has ended; also where this one is over itself.</summary>
    public void TakeOver()
    {
        _milestones.Verdict.TrySetResult(true);
        _queue.Post(() => _intake!.TakeOver(TimestampNs.Now(_around.Clock)));
    }

    /// <summary>Any thread: this waiting session, which is over, is given up; the one before it goes on.</summary>
    public void Drop() => _milestones.Verdict.TrySetResult(false);

    /// <summary>Any thread: how far every stream is.</summary>
    public async Task<IReadOnlyList<StreamProgress>> ProgressAsync()
    {
        var answer = _queue.AskAsync(Board.Progress);
        await Task.WhenAny(answer, Over).ConfigureAwait(false);
        return answer.IsCompleted ? await answer.ConfigureAwait(false) : Board.Progress();
    }

    /// <summary>Any thread: hand all rows on now.</summary>
    public Task HandOverAsync()
    {
        if (_intake is not { } intake)
            return Task.CompletedTask;
        // An ending session hands everything on by itself, but may not have done so yet.
        return _end is not null
            ? _milestones.HandedOver.Task
            : Task.WhenAny(_queue.AskAsync(() => { intake.HandOverAll(); return true; }), _milestones.HandedOver.Task);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _socket.DisposeAsync().ConfigureAwait(false);
        _ending.Dispose();
    }

    /// <summary>Null when the session is open.</summary>
    async Task<SessionEnd?> OpenAsync(CancellationToken cancel)
    {
        var opening = new SessionOpening(_plan, _around, _socket, _subscriptions.ConnectPath);
        OpenedSession? opened;
        using (Attempt)
            opened = await opening.RunAsync(ConnId, Follows, cancel).ConfigureAwait(false);
        if (opened is null)
            return opening.Failure;
        _journal = opened.Journal;
        JournalFile = Path.Combine(_around.DataDirectory, _journal.RelativePath);
        _intake = new LineIntake(
            _journal, CreatePipeline, Follows is null ? null : _plan.Exchange.CreateDecoder(_plan.Market, DecoderOptions.Default));
        _intake.Opened(opened.At);
        OpenedAt = opened.At.ToDateTimeOffset();
        _life.Opened(OpenedAt);
        _reconcile.Start(OpenedAt);
        return null;
    }

    MarketPipeline CreatePipeline() => new(
        _plan.Exchange, SessionIdentity.Of(_journal!.Header), _states, _around.Outputs);

    async Task LoopAsync()
    {
        _desk.Start();
        while (_end is null)
        {
            try
            {
                ReceiveSome();
                RunPosted();
                if (_tickDue)
                    Tick();
                await SendDueAsync().ConfigureAwait(false);
                if (_stopAsked && _closingSince == default && _end is null)
                {
                    _closingSince = _around.Clock.GetUtcNow();
                    await _socket.CloseOutputAsync(_ending.Token).ConfigureAwait(false);
                }

                if (_end is null && !_hasMore)
                    await _wake.WaitAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is WebSocketException or IOException or InvalidDataException or OperationCanceledException)
            {
                FinishUnlessStopped((e.InnerException ?? e).Message, isClean: false);
            }
        }
    }

    void ReceiveSome()
    {
        _hasMore = false;
        for (var i = 0; i < FramesPerTurn; i++)
        {
            if (!_socket.TryReceive(out var frame, out var isBinary))
            {
                if (_socket.IsClosedByServer)
                    FinishUnlessStopped($"the server closed the connection ({_socket.CloseText})", isClean: true);
                return;
            }

            var now = TimestampNs.Now(_around.Clock);
            _intake!.Received(frame, now, isBinary);
            _life.Received();
            if (_faults.Add(_intake.LastWasFaulty))
                Finish(SessionEndKind.Lost, "more than half of the recent frames could not be understood", isClean: false);
            if (_intake.Feed.HasWork)
                React(now.ToDateTimeOffset());
            if (_end is not null)
                return;
        }

        _hasMore = true;
    }

    void React(DateTimeOffset now)
    {
        if (_reactions.React(_intake!.Feed, now) is { } end)
            Finish(end.Kind, end.Reason, isClean: false);
    }

    void TakeAnswer(SnapshotRequest request, FetchedAnswer? answer)
    {
        if (_end is not null)
            return;
        if (answer is null)
        {
            _snapshots.Missed(request);
            return;
        }

        // First of all: an answer that turns out too old asks for the next one.
        _snapshots.Answered(answer);
        var now = TimestampNs.Now(_around.Clock);
        _intake!.Answered(Encoding.UTF8.GetBytes(answer.PathAndQuery), answer.Status, answer.Body, now);
        if (_intake.Feed.HasWork)
            React(now.ToDateTimeOffset());
        _snapshots.Settle(answer, wasUnderstood: !_intake.LastWasFaulty);
    }

    void TakeComparison(FetchedAnswer? answer)
    {
        if (_end is not null)
            return;
        var now = TimestampNs.Now(_around.Clock);
        if (answer is not null)
            _intake!.Answered(Encoding.UTF8.GetBytes(answer.PathAndQuery), answer.Status, answer.Body, now);
        if (_intake!.Feed.HasWork)
            React(now.ToDateTimeOffset());
        _reconcile.Settle(answer, now.ToDateTimeOffset(), _desk.Occurrences);
    }

    void RunPosted()
    {
        while (_queue.TryRunNext())
        {
            if (_intake!.Feed.HasWork && _end is null)
                React(_around.Clock.GetUtcNow());
        }
    }

    void Tick()
    {
        _tickDue = false;
        if (_end is not null)
            return;
        var now = TimestampNs.Now(_around.Clock);
        var time = now.ToDateTimeOffset();
        if (_life.Tick(time) is { } probe)
            _desk.Outbox.AddFirst(probe);
        _desk.Tick(time, _intake!.Feed);
        if (!_intake.IsStandby)
            _reconcile.Tick(time, _snapshots.IsFetching, _desk.Occurrences);
        TellAll(_desk.Occurrences, now);
        TellAll(_snapshots.Occurrences, now);
        _intake.Tick(now, _around.Timing.HandOverAge);
        if (_desk.Board.AllSettled)
            _milestones.Settled.TrySetResult(true);
        if (_closingSince != default && time - _closingSince > _around.Timing.CloseTimeout)
            Finish(SessionEndKind.Stopped, _stopReason!, isClean: false);
        else if (_deadlines.Missed(time) is { } reason)
            Finish(SessionEndKind.Lost, reason, isClean: false);
    }

    void TellAll(List<Occurrence> occurrences, TimestampNs now)
    {
        foreach (var occurrence in occurrences)
            _intake!.Happened(occurrence, now);
        occurrences.Clear();
    }

    async ValueTask SendDueAsync()
    {
        while (_end is null && _closingSince == default
            && _desk.Outbox.TryTake(_around.Clock.GetUtcNow(), out var frame, out var request))
        {
            // Journalled before it is sent: the answer must never precede the question.
            _intake!.Sent(frame, TimestampNs.Now(_around.Clock));
            await _socket.SendAsync(frame, _ending.Token).ConfigureAwait(false);
            if (request is { IsAnswered: false })
                _desk.TakeAsAnswered(request, _around.Clock.GetUtcNow());
        }
    }

    void FinishUnlessStopped(string reason, bool isClean) => Finish(
        _stopAsked ? SessionEndKind.Stopped : SessionEndKind.Lost, _stopAsked ? _stopReason! : reason, isClean);

    void Finish(SessionEndKind kind, string reason, bool isClean)
    {
        if (_end is not null)
            return;
        _end = new SessionEnd(kind, reason, _desk.Board.All.Any(w => w.LastData is not null));
        var now = TimestampNs.Now(_around.Clock);
        _intake!.Happened(
            kind == SessionEndKind.Stopped || isClean ? Occurrence.Close(reason) : Occurrence.Error(reason), now);
    }
}
