namespace Ticklake.Runtime.Sessions;

/// <summary>
/// Connection attempts of one exchange, shared by all its sessions: at most so many in any window. Thread-safe; waits are
/// served in order.
/// </summary>
public sealed class ConnectBudget(int attempts, TimeSpan window, TimeProvider clock) : IDisposable
{
    readonly SemaphoreSlim _turn = new(1, 1);
    readonly Queue<long> _recent = new();
    long _blockedUntil = clock.GetTimestamp();

    /// <summary>Waits until one more attempt is within the limit, and counts it.</summary>
    public async Task TakeAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            while (Wait() is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, clock, cancel).ConfigureAwait(false);
            _recent.Enqueue(clock.GetTimestamp());
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The exchange refuses connections for a while (HTTP 429 in the handshake). A shorter block ends no longer one.</summary>
    public void Block(TimeSpan span)
    {
        var until = clock.GetTimestamp() + (long)(span.TotalSeconds * clock.TimestampFrequency);
        var known = Volatile.Read(ref _blockedUntil);
        while (until > known)
        {
            var seen = Interlocked.CompareExchange(ref _blockedUntil, until, known);
            if (seen == known)
                return;
            known = seen;
        }
    }

    public void Dispose() => _turn.Dispose();

    // By the monotonic clock: setting the wall clock must neither stop the recorder nor break the limit.
    TimeSpan Wait()
    {
        var now = clock.GetTimestamp();
        while (_recent.TryPeek(out var oldest) && clock.GetElapsedTime(oldest, now) >= window)
            _recent.Dequeue();
        var wait = _recent.Count < attempts ? TimeSpan.Zero : window - clock.GetElapsedTime(_recent.Peek(), now);
        var blocked = clock.GetElapsedTime(now, Volatile.Read(ref _blockedUntil));
        return blocked > wait ? blocked : wait;
    }
}
