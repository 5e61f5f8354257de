namespace Ticklake.Runtime.Sessions;

/// <summary>
/// Those who wait for their share of a budget, served in order, and the blocks that make all of them wait. By the monotonic
/// clock: setting the wall clock must neither stop the recorder nor end a block. Thread-safe.
/// </summary>
sealed class BudgetLine(TimeProvider clock) : IDisposable
{
    readonly SemaphoreSlim _turn = new(1, 1);
    long _blockedUntil = clock.GetTimestamp();

    /// <summary>Waits until it is this caller's turn, no block is in force and the budget asks for no more waiting.</summary>
    /// <param name="wait">How long the budget must be waited for; asked by one caller at a time.</param>
    /// <param name="take">Takes the share; by the same caller.</param>
    /// <param name="cancel">Gives the place in the line up.</param>
    public async Task TakeAsync(Func<TimeSpan> wait, Action take, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            while (Longer(wait(), Blocked()) is var span && span > TimeSpan.Zero)
                await Task.Delay(span, clock, cancel).ConfigureAwait(false);
            take();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Nobody is served for so long. A shorter block ends no longer one.</summary>
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

    TimeSpan Blocked() => clock.GetElapsedTime(clock.GetTimestamp(), Volatile.Read(ref _blockedUntil));

    static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
