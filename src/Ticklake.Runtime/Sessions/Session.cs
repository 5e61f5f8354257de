using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using Ticklake.Core.Time;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Transport;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Telemetry;

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
    readonly WakeSignal _wake = new();
    readonly ConcurrentQueue<Action> _posted = new();
    readonly CancellationTokenSource _ending = new();
    readonly FrameFaultWindow _faults = new();
    readonly SubscriptionDesk _desk;
    readonly ISubscriptions _subscriptions;
    readonly FrameSocket _socket;
    JournalWriter? _journal;
    LineIntake? _intake;
    SessionEnd? _end;
    DateTimeOffset _lastFrame;
    DateTimeOffset _closingSince;
    string? _stopReason;
    volatile bool _tickDue;
    volatile bool _stopAsked;

    public Session(SessionPlan plan, SessionSurroundings around, StreamStates states, SnapshotFetcher? snapshots, string? follows)
    {
        _plan = plan;
        _around = around;
        _states = states;
        Follows = follows;
        ConnId = ConnectionIds.Create(around.Clock, plan.Ordinal);
        _subscriptions = plan.Exchange.CreateSubscriptions(
            plan.Market, plan.Door, plan.Options with { Clock = around.Clock });
        _desk = new SubscriptionDesk(plan, around.Timing, _subscriptions, around.Log);
        _socket = new FrameSocket(_wake, around.Timing.MostFrameBytes);
        _snapshots = new SnapshotDesk(
            snapshots, _subscriptions, around, answer => Post(() => TakeAnswer(answer)), _ending.Token);
    }

    public string ConnId { get; }

    /// <summary>The session this one takes over from, or null.</summary>
    public string? Follows { get; }

    public SessionPlan Plan => _plan;

    /// <summary>For display only: the loop goes on writing to it.</summary>
    public StreamBoard Board => _desk.Board;

    public PipelineCounters? Counters => _intake?.Counters;

    /// <summary>Full path of the session's first journal file; null before it is connected.</summary>
    public string? JournalFile { get; private set; }

    /// <summary>It never took over from the session before: its lines are in the journal only.</summary>
    public bool IsUnprocessed => _intake?.IsStandby ?? true;

    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>Completes (true) when every stream delivers or is refused, (false) when the session ended before.</summary>
    public Task<bool> Settled => _settled.Task;

    readonly TaskCompletionSource<bool> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The exchange announced that it will cut the connection: completes with its reason; a replacement is due.</summary>
    public Task<string> ReplacementDue => _replacementDue.Task;

    readonly TaskCompletionSource<string> _replacementDue = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Connects and runs until the connection ends. Never throws for what the network or the exchange does.</summary>
    public async Task<SessionEnd> RunAsync(CancellationToken cancel)
    {
        try
        {
            if (await ConnectAsync(cancel).ConfigureAwait(false) is { } failed)
                return failed;
            await using var tick = _around.Clock.CreateTimer(
                _ => { _tickDue = true; _wake.Set(); }, null, _around.Timing.Tick, _around.Timing.Tick);
            await using var stop = cancel.Register(() => Stop("the recorder stops"));
            return await LoopAsync().ConfigureAwait(false);
        }
        finally
        {
            _settled.TrySetResult(false);
        }
    }

    /// <summary>Any thread: closes gracefully; <see cref="RunAsync"/> ends soon.</summary>
    public void Stop(string reason)
    {
        _stopReason ??= reason;
        _stopAsked = true;
        _wake.Set();
    }

    /// <summary>Any thread: the session before this one has ended.</summary>
    public void TakeOver() => Post(() => _intake!.TakeOver());

    /// <summary>Any thread: hand all rows on now.</summary>
    public Task HandOverAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_intake is null)
            return Task.CompletedTask;
        // An ending session hands everything on by itself, but may not have done so yet.
        if (_end is not null)
            return _ended.Task;
        Post(() => { _intake.HandOverAll(); done.TrySetResult(); });
        return Task.WhenAny(done.Task, _ended.Task);
    }

    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _socket.DisposeAsync().ConfigureAwait(false);
        _ending.Dispose();
    }

    async Task<SessionEnd?> ConnectAsync(CancellationToken cancel)
    {
        var address = new Uri(_plan.Endpoints.DoorAddress(_plan.Door).ToString().TrimEnd('/') + _subscriptions.ConnectPath);
        using var timeout = new CancellationTokenSource(_around.Timing.ConnectTimeout, _around.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            await _socket.ConnectAsync(address, either.Token).ConfigureAwait(false);
            var now = TimestampNs.Now(_around.Clock);
            var header = new JournalHeader
            {
                Market = _plan.Market,
                ConnId = ConnId,
                Url = address.ToString(),
                Follows = Follows,
                Order = _around.NextOrder(),
            };
            _journal = JournalWriter.Open(_around.Journal, _around.DataDirectory, header, now);
            JournalFile = Path.Combine(_around.DataDirectory, _journal.RelativePath);
            _around.LiveJournals.Add(ConnId, _journal);
            _intake = new LineIntake(
                _journal, CreatePipeline, Follows is null ? null : _plan.Exchange.CreateDecoder(_plan.Market, DecoderOptions.Default));
            _intake.Opened(now);
            OpenedAt = _lastFrame = now.ToDateTimeOffset();
            LogMessages.Connected(
                _around.Log, _plan.Market.ToString(), _plan.Ordinal, address.ToString(), ConnId, _plan.Streams.Count);
            return null;
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException
            or OperationCanceledException or JournalFaultedException)
        {
            var kind = cancel.IsCancellationRequested ? SessionEndKind.Stopped : SessionEndKind.ConnectFailed;
            var reason = e is OperationCanceledException ? $"no connection to {address} within {_around.Timing.ConnectTimeout}"
                : e is JournalFaultedException ? e.Message
                : $"{address} cannot be reached: {(e.InnerException ?? e).Message}";
            return new SessionEnd(kind, reason, false, _socket.HandshakeStatus);
        }
    }

    MarketPipeline CreatePipeline() => new(
        _plan.Exchange, new SessionIdentity(_plan.Market, ConnId, null, Follows), _states, _around.Outputs);

    async Task<SessionEnd> LoopAsync()
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
                if (_stopAsked && _closingSince == default)
                    await BeginCloseAsync().ConfigureAwait(false);
                if (_end is null && !_hasMore)
                    await _wake.WaitAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is WebSocketException or IOException or InvalidDataException or OperationCanceledException)
            {
                Finish(
                    _stopAsked ? SessionEndKind.Stopped : SessionEndKind.Lost,
                    _stopAsked ? _stopReason! : (e.InnerException ?? e).Message,
                    isClean: false);
            }
        }

        _intake!.End();
        _ended.TrySetResult();
        await CloseJournalAsync().ConfigureAwait(false);
        return _end;
    }

    bool _hasMore;

    void ReceiveSome()
    {
        _hasMore = false;
        for (var i = 0; i < FramesPerTurn; i++)
        {
            if (!_socket.TryReceive(out var frame, out var isBinary))
            {
                if (_socket.IsClosedByServer)
                    TakeServerClose();
                return;
            }

            var now = TimestampNs.Now(_around.Clock);
            _intake!.Received(frame, now, isBinary);
            _framesSinceTick = true;
            if (_faults.Add(_intake.LastWasFaulty))
                Finish(SessionEndKind.Lost, "more than half of the recent frames could not be understood", isClean: false);
            if (_intake.Feed.HasWork)
                React(now.ToDateTimeOffset());
            if (_end is not null)
                return;
        }

        _hasMore = true;
    }

    bool _framesSinceTick;

    void TakeServerClose()
    {
        if (_end is not null)
            return;
        if (_stopAsked)
            Finish(SessionEndKind.Stopped, _stopReason!, isClean: true);
        else
            Finish(SessionEndKind.Lost, $"the server closed the connection ({_socket.CloseText})", isClean: true);
    }

    void React(DateTimeOffset now)
    {
        var feed = _intake!.Feed;
        foreach (var notice in feed.Notices.ToArray())
        {
            switch (_desk.On(notice, now))
            {
                case SessionAction.Reconnect:
                    _replacementDue.TrySetResult(notice.Text.Length > 0 ? notice.Text : notice.Kind.ToString());
                    break;
                case SessionAction.GiveUp:
                    Finish(SessionEndKind.Unusable, $"{notice.Kind}: {notice.Code} {notice.Text}".TrimEnd(), isClean: false);
                    break;
            }
        }

        feed.Notices.Clear();
        foreach (var (stream, remedy) in feed.Remedies)
        {
            if (remedy == BookRemedy.Resubscribe)
                _desk.Resubscribe(stream, now);
            else if (remedy == BookRemedy.FetchSnapshot)
                _snapshots.Fetch(stream);
        }

        feed.Remedies.Clear();
        if (feed.ReconnectReason is { } reason && _end is null)
            Finish(SessionEndKind.Lost, reason, isClean: false);
    }

    void TakeAnswer(FetchedAnswer answer)
    {
        if (_end is not null)
            return;
        // First of all: an answer that turns out too old asks for the next one.
        _snapshots.Answered(answer);
        var now = TimestampNs.Now(_around.Clock);
        _intake!.Answered(Encoding.UTF8.GetBytes(answer.PathAndQuery), answer.Status, answer.Body, now);
        if (_intake.Feed.HasWork)
            React(now.ToDateTimeOffset());
        _snapshots.Settle();
    }

    void RunPosted()
    {
        while (_posted.TryDequeue(out var action))
        {
            action();
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
        if (_framesSinceTick)
            _lastFrame = time;
        _framesSinceTick = false;
        _desk.Tick(time, _intake!.Feed);
        foreach (var occurrence in _desk.Occurrences)
            _intake.Happened(occurrence, now);
        _desk.Occurrences.Clear();
        _intake.Tick(now, _around.Timing.HandOverAge);
        if (_desk.Board.AllSettled)
            _settled.TrySetResult(true);
        if (_closingSince != default && time - _closingSince > _around.Timing.CloseTimeout)
            Finish(SessionEndKind.Stopped, _stopReason!, isClean: false);
        else if (_desk.PausedSince is { } paused && time - paused > _around.Timing.MaintenancePatience)
            Finish(SessionEndKind.Lost, "maintenance lasts too long", isClean: false);
        else if (_desk.PausedSince is null && Silence(time) is var silence && silence > _plan.Limits.SocketTimeout)
            Finish(SessionEndKind.Lost, $"nothing received for {silence.TotalSeconds:F0} s", isClean: false);
    }

    // Where streams have heartbeats, a server that only answers requests is as good as dead.
    TimeSpan Silence(DateTimeOffset now) =>
        now - (_plan.Limits.HeartbeatTimeout is not null && _desk.LastSign is { } sign ? sign : _lastFrame);

    async ValueTask SendDueAsync()
    {
        while (_end is null && _closingSince == default
            && _desk.Outbox.TryTake(_around.Clock.GetUtcNow(), out var frame, out _))
        {
            // Journalled before it is sent: the answer must never precede the question.
            _intake!.Sent(frame, TimestampNs.Now(_around.Clock));
            await _socket.SendAsync(frame, _ending.Token).ConfigureAwait(false);
        }
    }

    async Task BeginCloseAsync()
    {
        _closingSince = _around.Clock.GetUtcNow();
        if (_end is null)
            await _socket.CloseOutputAsync(_ending.Token).ConfigureAwait(false);
    }

    void Finish(SessionEndKind kind, string reason, bool isClean)
    {
        if (_end is not null)
            return;
        _end = new SessionEnd(kind, reason, _desk.Board.All.Any(w => w.LastData is not null));
        var now = TimestampNs.Now(_around.Clock);
        _intake!.Happened(
            kind == SessionEndKind.Stopped || isClean ? Occurrence.Close(reason) : Occurrence.Error(reason), now);
    }

    async Task CloseJournalAsync()
    {
        try
        {
            await _journal!.DisposeAsync().ConfigureAwait(false);
        }
        catch (JournalFaultedException e)
        {
            LogMessages.JournalFaulted(_around.Log, e.Message);
            _around.LiveJournals.RemoveCutShort(ConnId, e);
        }
        finally
        {
            _around.LiveJournals.Remove(ConnId);
        }
    }

    void Post(Action action)
    {
        _posted.Enqueue(action);
        _wake.Set();
    }
}
