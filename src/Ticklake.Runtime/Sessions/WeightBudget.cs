namespace Ticklake.Runtime.Sessions;

/// <summary>
/// REST weight of one exchange and address, shared by all its sessions. Windows are UTC clock minutes, as the exchanges
/// count them (binance.md A6); a tenth of the limit is left for others. Thread-safe; waits are served in order.
/// </summary>
public sealed class WeightBudget(int weightPerMinute, TimeProvider clock) : IDisposable
{
    const double UsableShare = 0.9;

    readonly BudgetLine _line = new(clock);
    readonly int _usable = Math.Max(1, (int)(weightPerMinute * UsableShare));
    long _minute = -1;
    int _used;

    /// <summary>Weight spent in the current minute, as far as known.</summary>
    public int Used => Volatile.Read(ref _used);

    /// <summary>Waits until the weight fits the minute and no ban is in force, and takes it.</summary>
    public Task TakeAsync(int weight, CancellationToken cancel) =>
        _line.TakeAsync(() => Wait(weight), () => Interlocked.Add(ref _used, weight), cancel);

    /// <summary>Takes the exchange's own count over: other programs may share the address.</summary>
    public void Report(int usedThisMinute)
    {
        var known = Volatile.Read(ref _used);
        while (usedThisMinute > known)
        {
            var seen = Interlocked.CompareExchange(ref _used, usedThisMinute, known);
            if (seen == known)
                return;
            known = seen;
        }
    }

    /// <summary>Nothing may be asked for so long (429 or 418 with Retry-After). A shorter block ends no longer one.</summary>
    public void Block(TimeSpan span) => _line.Block(span);

    public void Dispose() => _line.Dispose();

    TimeSpan Wait(int weight)
    {
        var now = clock.GetUtcNow();
        var minute = now.ToUnixTimeSeconds() / 60;
        if (minute != _minute)
        {
            _minute = minute;
            Volatile.Write(ref _used, 0);
        }

        return _used == 0 || _used + weight <= _usable
            ? TimeSpan.Zero
            : DateTimeOffset.FromUnixTimeSeconds((minute + 1) * 60) - now;
    }
}
