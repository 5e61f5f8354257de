using System.Text;
using Ticklake.Core.Time;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Transport;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Telemetry;

namespace Ticklake.Runtime.Sessions;

/// <summary>
/// Asks for order books by REST at an interval, from start to stop, with a journal of its own. As with a connection's session
/// a single loop journals and processes; answers and the clock reach it through a queue and a wake-up.
/// </summary>
public sealed class PollSession : IAsyncDisposable
{
    const int OkStatus = 200;

    readonly PollPlan _plan;
    readonly SessionSurroundings _around;
    readonly StreamStates _states;
    readonly SnapshotFetcher _fetcher;
    readonly IDepthReader _reader;
    readonly WakeSignal _wake = new();
    readonly SessionQueue _queue;
    readonly CancellationTokenSource _ending = new();
    readonly SessionMilestones _milestones = new();
    readonly List<Turn> _turns;
    LineIntake? _intake;
    volatile bool _tickDue;
    volatile bool _stopAsked;
    volatile int _live;

    public PollSession(PollPlan plan, SessionSurroundings around, StreamStates states, SnapshotFetcher fetcher)
    {
        _plan = plan;
        _around = around;
        _states = states;
        _fetcher = fetcher;
        _reader = plan.Exchange.CreateDepthReader(plan.Market)
            ?? throw new ArgumentException($"{plan.Market} has no order books by REST.", nameof(plan));
        _queue = new SessionQueue(_wake);
        ConnId = ConnectionIds.Create(around.Clock, plan.Ordinal);
        _turns = [.. plan.Polls.Select(p => new Turn(p, _reader.RequestFor(p.Key.Symbol, p.Levels)))];
    }

    public string ConnId { get; }

    public PollPlan Plan => _plan;

    public PipelineCounters? Counters => _intake?.Counters;

    /// <summary>Full path of the session's first journal file; null before it is open.</summary>
    public string? JournalFile { get; private set; }

    /// <summary>Streams whose last request was answered with a book.</summary>
    public int Live => _live;

    /// <summary>Why a request last failed, or null.</summary>
    public string? LastFault { get; private set; }

    /// <summary>Opens the journal and runs until it is stopped.</summary>
    /// <exception cref="JournalFaultedException">The journal cannot be opened.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var journal = await OpenAsync().ConfigureAwait(false);
        await using var tick = _around.Clock.CreateTimer(
            _ => { _tickDue = true; _wake.Set(); }, null, _around.Timing.Tick, _around.Timing.Tick);
        await using var stopping = stop.Register(() => { _stopAsked = true; _wake.Set(); });
        while (!_stopAsked)
        {
            if (_tickDue)
                Tick();
            if (!_queue.TryRunNext() && !_stopAsked)
                await _wake.WaitAsync().ConfigureAwait(false);
        }

        _intake!.Happened(Occurrence.Close("the recorder stops"), TimestampNs.Now(_around.Clock));
        await new SessionClosing(_around, journal, _intake, _milestones).RunAsync().ConfigureAwait(false);
    }

    /// <summary>Any thread: hand all rows on now.</summary>
    public Task HandOverAsync() => _intake is not { } intake
        ? Task.CompletedTask
        : Task.WhenAny(_queue.AskAsync(() => { intake.HandOverAll(); return true; }), _milestones.HandedOver.Task);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        _ending.Dispose();
    }

    async Task<JournalWriter> OpenAsync()
    {
        var now = TimestampNs.Now(_around.Clock);
        var header = new JournalHeader
        {
            Market = _plan.Market,
            ConnId = ConnId,
            Url = _plan.Endpoint.ToString(),
            Streams = [.. _plan.Polls.Select(p => p.Key)],
        };
        var journal = await _around.OpenJournalAsync(header, now).ConfigureAwait(false);
        JournalFile = Path.Combine(_around.DataDirectory, journal.RelativePath);
        _intake = new LineIntake(
            journal,
            () => new MarketPipeline(_plan.Exchange, SessionIdentity.Of(journal.Header), _states, _around.Outputs),
            standbyDecoder: null);
        _intake.Opened(now);
        LogMessages.Polling(_around.Log, _plan.Market.ToString(), _turns.Count, header.Url, ConnId);
        Spread(now.ToDateTimeOffset());
        return journal;
    }

    // Those of one interval evenly over it, whatever the others do.
    void Spread(DateTimeOffset now)
    {
        foreach (var alike in _turns.GroupBy(t => t.Poll.Every))
        {
            var i = 0;
            foreach (var turn in alike)
                turn.Begin(now + (alike.Key * i++ / alike.Count()));
        }
    }

    void Tick()
    {
        _tickDue = false;
        var now = TimestampNs.Now(_around.Clock);
        foreach (var turn in _turns)
        {
            if (turn.Due > now.ToDateTimeOffset())
                continue;
            turn.Next(now.ToDateTimeOffset());
            if (_around.Thrift.Level >= ThriftLevel.NoPolledDepth)
                _intake!.Happened(Occurrence.Of("poll_skipped", turn.Poll.Key, Thrift.Reason), now);
            else if (turn.IsAsking)
                _intake!.Happened(
                    Occurrence.Of("poll_skipped", turn.Poll.Key, "the answer before has not come yet"), now);
            else
                _ = AskAsync(turn);
        }

        _intake!.Tick(now, _around.Timing.HandOverAge);
    }

    async Task AskAsync(Turn turn)
    {
        turn.IsAsking = true;
        try
        {
            var answer = await _fetcher.FetchAsync(turn.Request, _ending.Token).ConfigureAwait(false);
            _queue.Post(() => Take(turn, answer));
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
    }

    void Take(Turn turn, FetchedAnswer? answer)
    {
        turn.IsAsking = false;
        if (_stopAsked)
            return;
        var now = TimestampNs.Now(_around.Clock);
        if (answer is null)
            _intake!.Happened(Occurrence.Of("poll_failed", turn.Poll.Key, "no answer"), now);
        else
            _intake!.Answered(Encoding.UTF8.GetBytes(answer.PathAndQuery), answer.Status, answer.Body, now);
        _intake!.Feed.Clear();
        turn.HasBook = answer is { Status: OkStatus } && !_intake.LastWasFaulty;
        if (!turn.HasBook)
            LastFault = answer is null ? "no answer" : $"HTTP {answer.Status}";
        _live = _turns.Count(t => t.HasBook);
    }

    /// <summary>One stream and when it is asked for next.</summary>
    sealed class Turn(PolledDepth poll, RestRequest request)
    {
        DateTimeOffset _even;

        public PolledDepth Poll => poll;

        public RestRequest Request { get; } =
            request with { PathAndQuery = request.PathAndQuery + AnswerMark.Of(poll) };

        public DateTimeOffset Due { get; private set; }

        public bool IsAsking { get; set; }

        public bool HasBook { get; set; }

        public void Begin(DateTimeOffset first) => (_even, Due) = (first, first);

        /// <summary>Moves to the next time that lies ahead; what a stalled machine has missed is not made up for.</summary>
        public void Next(DateTimeOffset now)
        {
            do
                _even += poll.Every;
            while (_even <= now - (poll.Every / 2));
            Due = _even + (poll.Every * poll.Jitter * ((2 * Random.Shared.NextDouble()) - 1));
        }
    }
}
