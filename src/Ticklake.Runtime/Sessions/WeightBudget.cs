namespace Ticklake.Runtime.Sessions;

/// <summary>
/// REST weight of one exchange and address, shared by all its sessions. Windows are UTC clock minutes, as the exchanges
/// count them (binance.md A6); a tenth of the limit is left for others. Thread-safe; waits are served in order.
/// </summary>
public sealed class WeightBudget(int weightPerMinute, TimeProvider clock) : IDisposable
{
    const double UsableShare = 0.9;

    readonly SemaphoreSlim _turn = new(1, 1);
    readonly int _usable = Math.Max(1, (int)(weightPerMinute * UsableShare));
    long _minute = -1;
    int _used;
    long _blockedUntilTicks;

    /// <summary>Weight spent in the current minute, as far as known.</summary>
    public int Used => Volatile.Read(ref _used);

    /// <summary>Waits until the weight fits the minute and no ban is in force, and takes it.</summary>
    public async Task TakeAsync(int weight, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            while (true)
            {
                var now = clock.GetUtcNow();
                var minute = now.ToUnixTimeSeconds() / 60;
                if (minute != _minute)
                {
                    _minute = minute;
                    Volatile.Write(ref _used, 0);
                }

                var wait = _used == 0 || _used + weight <= _usable
                    ? TimeSpan.Zero
                    : DateTimeOffset.FromUnixTimeSeconds((minute + 1) * 60) - now;
                var blocked = TimeSpan.FromTicks(Volatile.Read(ref _blockedUntilTicks) - now.UtcTicks);
                if (blocked > wait)
                    wait = blocked;
                if (wait <= TimeSpan.Zero)
                    break;
                await Task.Delay(wait, clock, cancel).ConfigureAwait(false);
            }

            Interlocked.Add(ref _used, weight);
        }
        finally
        {
            _turn.Release();
        }
    }

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

    /// <summary>Nothing may be asked until then (429 or 418 with Retry-After). A shorter block ends no longer one.</summary>
    public void Block(TimeSpan span)
    {
        var until = (clock.GetUtcNow() + span).UtcTicks;
        var known = Volatile.Read(ref _blockedUntilTicks);
        while (until > known)
        {
            var seen = Interlocked.CompareExchange(ref _blockedUntilTicks, until, known);
            if (seen == known)
                return;
            known = seen;
        }
    }

    public void Dispose() => _turn.Dispose();
}
