using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;

namespace Ticklake.Runtime.Sessions;

/// <summary>
/// Has the books of one session compared with the exchange's own, each once in an interval and all of them spread evenly over
/// it (adr/0011). One request at a time, and none while a book waits for its snapshot: a comparison can wait, a resync cannot.
/// Session thread only.
/// </summary>
sealed class ReconcileDesk
{
    const int OkStatus = 200;

    // A cache in front of the exchange may be some seconds behind the stream (gateio.md 5.2, mexc.md 5).
    const int MostTries = 5;
    const double Jitter = 0.1;

    readonly List<Turn> _turns = [];
    readonly SnapshotFetcher? _fetcher;
    readonly StreamStates _states;
    readonly SessionSurroundings _around;
    readonly TimeSpan _interval;
    readonly Action<FetchedAnswer?> _take;
    readonly CancellationToken _ending;
    Turn? _asking;

    /// <param name="plan">The session's streams.</param>
    /// <param name="fetcher">Asks, within the exchange's weight.</param>
    /// <param name="around">Interval and clock.</param>
    /// <param name="states">Say which books are worth comparing.</param>
    /// <param name="way">Any thread: takes an answer, or null where none came; and when the session is over.</param>
    public ReconcileDesk(
        SessionPlan plan,
        SnapshotFetcher? fetcher,
        SessionSurroundings around,
        StreamStates states,
        (Action<FetchedAnswer?> Take, CancellationToken Ending) way)
    {
        (_fetcher, _around, _states, _take, _ending) = (fetcher, around, states, way.Take, way.Ending);
        _interval = around.Timing.ReconcileInterval ?? TimeSpan.Zero;
        if (fetcher is null || _interval <= TimeSpan.Zero)
            return;
        var reader = plan.Exchange.CreateDepthReader(plan.Market);
        foreach (var stream in plan.Streams)
        {
            if (reader?.ComparisonFor(stream) is { } request)
                _turns.Add(new Turn(stream, request));
        }
    }

    /// <summary>The session begins: its books have just come from the exchange, so the first half of an interval is quiet.</summary>
    public void Start(DateTimeOffset now)
    {
        for (var i = 0; i < _turns.Count; i++)
            _turns[i].Due = now + (_interval * (0.5 + ((i + Random.Shared.NextDouble()) / _turns.Count)));
    }

    /// <summary>Begins what is due; what a journal must know of it is added to <paramref name="occurrences"/>.</summary>
    public void Tick(DateTimeOffset now, bool isResyncing, List<Occurrence> occurrences)
    {
        if (_asking is not null || isResyncing || _turns.Count == 0)
            return;
        var turn = _turns.MinBy(t => t.Due)!;
        if (turn.Due > now)
            return;
        switch (turn.Stage)
        {
            case Stage.Resting:
                Begin(turn, now, occurrences);
                break;
            case Stage.Retrying:
                Ask(turn);
                break;
            default:
                GiveUp(turn, "the stream has not come to where the exchange's book stands", now, occurrences);
                break;
        }
    }

    /// <summary>What the pipeline has made of a comparison.</summary>
    public void Take(StreamKey stream, ComparisonOutcome outcome, DateTimeOffset now)
    {
        if (_turns.Find(t => t.Stream == stream) is not { } turn)
            return;
        turn.Outcome = outcome;
        if (turn != _asking && outcome is ComparisonOutcome.Compared or ComparisonOutcome.Abandoned)
            Rest(turn, now);
    }

    /// <summary>An answer (or none) has been processed.</summary>
    public void Settle(FetchedAnswer? answer, DateTimeOffset now, List<Occurrence> occurrences)
    {
        if (_asking is not { } turn)
            return;
        _asking = null;
        switch (turn.Outcome)
        {
            case ComparisonOutcome.Compared or ComparisonOutcome.Abandoned:
                Rest(turn, now);
                break;
            case ComparisonOutcome.Waiting:
                (turn.Stage, turn.Due) = (Stage.Following, now + Varied(_interval));
                break;
            case var _ when turn.Tries < MostTries:
                turn.Stage = Stage.Retrying;
                turn.Due = now + turn.Pauses!.Next();
                break;
            default:
                GiveUp(turn, Reason(turn.Outcome, answer), now, occurrences);
                break;
        }
    }

    void Begin(Turn turn, DateTimeOffset now, List<Occurrence> occurrences)
    {
        // A checksum that matched proves more than a snapshot, and more often.
        if (_states.Of(turn.Stream).Trust is not { Status: BookStatus.Valid, ChecksumsMatched: 0 })
        {
            Rest(turn, now);
            return;
        }

        occurrences.Add(Occurrence.Of(BookReconciliation.Begin, turn.Stream, turn.Request.PathAndQuery));
        turn.Tries = 0;
        turn.Pauses = new Backoff(_around.Timing.BackoffFirst, _around.Timing.BackoffLongest, Random.Shared);
        Ask(turn);
    }

    void Ask(Turn turn)
    {
        turn.Tries++;
        turn.Outcome = null;
        _asking = turn;
        _ = AskAsync(turn);
    }

    async Task AskAsync(Turn turn)
    {
        try
        {
            _take(await _fetcher!.FetchAsync(turn.Request, _ending).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
    }

    void GiveUp(Turn turn, string reason, DateTimeOffset now, List<Occurrence> occurrences)
    {
        occurrences.Add(Occurrence.Of(BookReconciliation.Failed, turn.Stream, reason));
        Rest(turn, now);
    }

    void Rest(Turn turn, DateTimeOffset now) => (turn.Stage, turn.Due) = (Stage.Resting, now + Varied(_interval));

    static TimeSpan Varied(TimeSpan interval) => interval * (1 - Jitter + (2 * Jitter * Random.Shared.NextDouble()));

    static string Reason(ComparisonOutcome? outcome, FetchedAnswer? answer) => answer switch
    {
        null => "no answer",
        { Status: not OkStatus } => $"HTTP {answer.Status}",
        _ when outcome == ComparisonOutcome.TooOld => "the exchange's book is older than the stream each time",
        _ => "the answer is no book",
    };

    enum Stage : byte
    {
        Resting,
        Retrying,
        Following,
    }

    /// <summary>One book and when it is looked at next.</summary>
    sealed class Turn(StreamKey stream, RestRequest request)
    {
        public StreamKey Stream => stream;

        public RestRequest Request { get; } =
            request with { PathAndQuery = request.PathAndQuery + AnswerMark.Comparison };

        public Stage Stage { get; set; }

        public DateTimeOffset Due { get; set; }

        public int Tries { get; set; }

        public Backoff? Pauses { get; set; }

        public ComparisonOutcome? Outcome { get; set; }
    }
}
