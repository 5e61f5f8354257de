namespace Ticklake.Runtime.Sessions;

/// <summary>
/// Connection attempts of one exchange, shared by all its sessions: at most so many in any window. Thread-safe; waits are
/// served in order.
/// </summary>
public sealed class ConnectBudget(int attempts, TimeSpan window, TimeProvider clock) : IDisposable
{
    readonly SemaphoreSlim _turn = new(1, 1);
    readonly Queue<DateTimeOffset> _recent = new();
    DateTimeOffset _blockedUntil;

    /// <summary>Waits until one more attempt is within the limit, and counts it.</summary>
    public async Task TakeAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            while (true)
            {
                var now = clock.GetUtcNow();
                while (_recent.TryPeek(out var oldest) && now - oldest >= window)
                    _recent.Dequeue();
                var wait = _recent.Count < attempts ? TimeSpan.Zero : _recent.Peek() + window - now;
                if (_blockedUntil - now > wait)
                    wait = _blockedUntil - now;
                if (wait <= TimeSpan.Zero)
                    break;
                await Task.Delay(wait, clock, cancel).ConfigureAwait(false);
            }

            _recent.Enqueue(clock.GetUtcNow());
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The exchange refuses connections for a while (HTTP 429 in the handshake).</summary>
    public void Block(TimeSpan span) => _blockedUntil = clock.GetUtcNow() + span;

    public void Dispose() => _turn.Dispose();
}
