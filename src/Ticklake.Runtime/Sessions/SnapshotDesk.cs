using Ticklake.Core.Markets;
using Ticklake.Exchanges;

namespace Ticklake.Runtime.Sessions;

/// <summary>
/// Asks for the book snapshots of one session, each until it has come. An answer that was too old is followed by pauses
/// that grow: a cache in front of the exchange does not become newer by being asked faster. Session thread only.
/// </summary>
sealed class SnapshotDesk(
    SnapshotFetcher? fetcher,
    ISubscriptions subscriptions,
    SessionSurroundings around,
    Action<FetchedAnswer> take,
    CancellationToken ending)
{
    const int OkStatus = 200;

    readonly HashSet<string> _fetching = [];
    readonly Dictionary<string, SnapshotRequest> _asked = [];
    readonly Dictionary<string, Backoff> _pauses = [];
    string? _answered;

    /// <summary>A book waits for its snapshot.</summary>
    public bool IsFetching => _fetching.Count > 0;

    /// <summary>Fetches the stream's snapshot unless that is under way.</summary>
    public void Fetch(StreamKey stream)
    {
        if (fetcher is null || subscriptions.SnapshotFor(stream) is not { } request || !_fetching.Add(request.PathAndQuery))
            return;
        _asked[request.PathAndQuery] = request;
        var pause = request.PathAndQuery == _answered ? PausesOf(_answered).Next() : TimeSpan.Zero;
        _ = FetchAsync(request, pause);
    }

    /// <summary>An answer is about to be processed: only what it brings about may ask for the same again.</summary>
    public void Answered(FetchedAnswer answer)
    {
        if (answer.Status == OkStatus && _fetching.Remove(answer.PathAndQuery))
            _answered = answer.PathAndQuery;
    }

    /// <summary>
    /// The answer has been processed. One that was no snapshot, though its status said so (mexc.md 6), is asked for again:
    /// nobody else would.
    /// </summary>
    public void Settle(bool wasUnderstood)
    {
        if (_answered is { } wrong && !wasUnderstood && _fetching.Add(wrong))
            _ = FetchAsync(_asked[wrong], PausesOf(wrong).Next());
        if (_answered is { } path && !_fetching.Contains(path))
            _pauses.Remove(path);
        _answered = null;
    }

    Backoff PausesOf(string path)
    {
        if (!_pauses.TryGetValue(path, out var pauses))
            _pauses.Add(path, pauses = NewBackoff());
        return pauses;
    }

    Backoff NewBackoff() => new(around.Timing.BackoffFirst, around.Timing.BackoffLongest, Random.Shared);

    async Task FetchAsync(SnapshotRequest request, TimeSpan pause)
    {
        var backoff = NewBackoff();
        try
        {
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, around.Clock, ending).ConfigureAwait(false);
            while (true)
            {
                var answer = await fetcher!.FetchAsync(request, ending).ConfigureAwait(false);
                if (answer is not null)
                    take(answer);
                if (answer is { Status: OkStatus })
                    return;
                await Task.Delay(backoff.Next(), around.Clock, ending).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
    }
}
