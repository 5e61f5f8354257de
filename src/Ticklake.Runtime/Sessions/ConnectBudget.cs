namespace Ticklake.Runtime.Sessions;

/// <summary>
/// Connection attempts of one exchange, shared by all its sessions: at most so many in any window. Thread-safe; waits are
/// served in order.
/// </summary>
public sealed class ConnectBudget(int attempts, TimeSpan window, TimeProvider clock) : IDisposable
{
    readonly BudgetLine _line = new(clock);
    readonly Queue<long> _recent = new();

    /// <summary>Waits until one more attempt is within the limit, and counts it.</summary>
    public Task TakeAsync(CancellationToken cancel) =>
        _line.TakeAsync(Wait, () => _recent.Enqueue(clock.GetTimestamp()), cancel);

    /// <summary>The exchange refuses connections for a while (HTTP 429 in the handshake). A shorter block ends no longer one.</summary>
    public void Block(TimeSpan span) => _line.Block(span);

    public void Dispose() => _line.Dispose();

    TimeSpan Wait()
    {
        var now = clock.GetTimestamp();
        while (_recent.TryPeek(out var oldest) && clock.GetElapsedTime(oldest, now) >= window)
            _recent.Dequeue();
        return _recent.Count < attempts ? TimeSpan.Zero : window - clock.GetElapsedTime(_recent.Peek(), now);
    }
}
