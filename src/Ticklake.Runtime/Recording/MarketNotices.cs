using System.Collections.Concurrent;
using Ticklake.Runtime.Sessions;

namespace Ticklake.Runtime.Recording;

/// <summary>
/// What concerns a market and none of its connections in particular, on its way to a journal: the session of the first connection
/// that is open writes it down, or it waits until there is one. Declared by any thread.
/// </summary>
/// <param name="keepers">The market's connections, in the order of their numbers.</param>
/// <param name="clock">Paces the attempts.</param>
sealed class MarketNotices(Func<IReadOnlyList<ConnectionKeeper>> keepers, TimeProvider clock)
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // Of a market that cannot be reached for months, the oldest go.
    const int MostWaiting = 100_000;

    readonly ConcurrentQueue<Notice> _waiting = new();

    public void Declare(Occurrence occurrence) => DeclareAsync(occurrence);

    /// <summary>Completes when the occurrence is in a journal, or was given up (false).</summary>
    public Task<bool> DeclareAsync(Occurrence occurrence)
    {
        var notice = new Notice(occurrence);
        _waiting.Enqueue(notice);
        if (_waiting.Count > MostWaiting && _waiting.TryDequeue(out var oldest))
            oldest.Written.TrySetResult(false);
        return notice.Written.Task;
    }

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
                await DeliverAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // What still waits has no session to be written down in.
        }
    }

    async Task DeliverAsync()
    {
        while (_waiting.TryPeek(out var next))
        {
            if (keepers().Select(k => k.Current).FirstOrDefault(s => s is { IsUnprocessed: false }) is not { } session
                || !await session.DeclareAsync(next.Occurrence).ConfigureAwait(false))
                return;
            _waiting.TryDequeue(out _);
            next.Written.TrySetResult(true);
        }
    }

    sealed record Notice(Occurrence Occurrence)
    {
        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
