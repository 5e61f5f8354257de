using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Telemetry;

namespace Ticklake.Runtime.Sessions;

/// <summary>
/// Asks for the book snapshots of one session, each until it has come. Attempts that fail are followed by pauses that grow: a
/// cache in front of the exchange does not become newer by being asked faster, and a book that cannot be had must not use up
/// what the others need. Session thread only.
/// </summary>
sealed class SnapshotDesk(
    SnapshotFetcher? fetcher,
    ISubscriptions subscriptions,
    SessionSurroundings around,
    Action<SnapshotRequest, FetchedAnswer?> take,
    CancellationToken ending)
{
    const int OkStatus = 200;

    readonly Dictionary<string, ResyncAttempts> _attempts = [];
    ResyncAttempts? _answered;

    /// <summary>What became known since the last call, to be journalled.</summary>
    public List<Occurrence> Occurrences { get; } = [];

    /// <summary>Books that fail again and again, and how often they have. Any thread: for display.</summary>
    public IReadOnlyList<FailingBook> Failing { get; private set; } = [];

    /// <summary>A book waits for its snapshot.</summary>
    public bool IsFetching => _attempts.Values.Any(a => a.IsUnderWay);

    /// <summary>Fetches the stream's snapshot unless that is under way.</summary>
    public void Fetch(StreamKey stream)
    {
        if (fetcher is null || subscriptions.SnapshotFor(stream) is not { } request)
            return;
        if (!_attempts.TryGetValue(request.PathAndQuery, out var attempts))
        {
            var pauses = new Backoff(around.Timing.BackoffFirst, around.Timing.BackoffLongest, Random.Shared);
            _attempts.Add(request.PathAndQuery, attempts = new ResyncAttempts(request, stream, pauses));
        }

        if (attempts.IsUnderWay)
            return;
        // What the answer brings about while it is processed: it was too old.
        if (attempts == _answered)
            Retry(attempts, "the snapshot was older than the updates");
        else
            Begin(attempts);
    }

    /// <summary>An answer is about to be processed: only what it brings about may ask for the same again.</summary>
    public void Answered(FetchedAnswer answer)
    {
        _answered = _attempts[answer.PathAndQuery];
        _answered.IsUnderWay = answer.Status != OkStatus;
    }

    /// <summary>
    /// The answer has been processed. One that was no snapshot, though its status may have said so (mexc.md 6), is asked for
    /// again: nobody else would.
    /// </summary>
    public void Settle(FetchedAnswer answer, bool wasUnderstood)
    {
        var attempts = _answered!;
        _answered = null;
        if (answer.Status != OkStatus)
            Retry(attempts, $"HTTP {answer.Status}");
        else if (!attempts.IsUnderWay && !wasUnderstood)
            Retry(attempts, "the answer is no snapshot");
        else if (!attempts.IsUnderWay)
        {
            attempts.Succeed(around.Clock.GetUtcNow());
            Show();
        }
    }

    /// <summary>No answer came.</summary>
    public void Missed(SnapshotRequest request) => Retry(_attempts[request.PathAndQuery], "no answer");

    void Begin(ResyncAttempts attempts)
    {
        var pause = attempts.Begin(around.Clock.GetUtcNow());
        Ask(attempts, pause);
        if (pause > TimeSpan.Zero)
            Report(attempts, pause);
    }

    void Retry(ResyncAttempts attempts, string reason)
    {
        var pause = attempts.Fail(reason);
        Ask(attempts, pause);
        Report(attempts, pause);
    }

    void Ask(ResyncAttempts attempts, TimeSpan pause)
    {
        attempts.IsUnderWay = true;
        _ = AskAsync(attempts.Request, pause);
    }

    void Report(ResyncAttempts attempts, TimeSpan pause)
    {
        if (attempts.Failures < ResyncAttempts.ReportedFailures)
            return;
        Show();
        if (attempts.IsReported)
            return;
        attempts.IsReported = true;
        var stream = attempts.Stream;
        Occurrences.Add(Occurrence.Of("resync_failing", stream, $"{attempts.Failures} failures in a row: {attempts.Reason}"));
        LogMessages.ResyncFailing(
            around.Log, stream.Market.ToString(), stream.ToString(), attempts.Failures, attempts.Reason, pause);
    }

    void Show() => Failing =
    [
        .. _attempts.Values.Where(a => a.IsUnderWay && a.Failures >= ResyncAttempts.ReportedFailures)
            .Select(a => new FailingBook(a.Stream.ToString(), a.Failures, a.Reason)),
    ];

    async Task AskAsync(SnapshotRequest request, TimeSpan pause)
    {
        try
        {
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, around.Clock, ending).ConfigureAwait(false);
            take(request, await fetcher!.FetchAsync(request, ending).ConfigureAwait(false));
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The session is over.
        }
    }
}

/// <summary>A book whose snapshot cannot be had.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Failures">Attempts that failed, one after the other.</param>
/// <param name="Reason">Why the last one did.</param>
public sealed record FailingBook(string Stream, int Failures, string Reason);
