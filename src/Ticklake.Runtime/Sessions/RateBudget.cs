namespace Ticklake.Runtime.Sessions;

/// <summary>
/// What one address may still ask of an exchange, requests or connections, shared by all who ask. A share counts from before
/// it is used until a window after its answer: whatever the network does on the way, no window of the other side sees more
/// than the limit. By the monotonic clock: setting the wall clock must neither stop the recorder nor end a block.
/// Thread-safe; shares are given in order.
/// </summary>
public sealed class RateBudget(RateLimit limit, TimeProvider clock) : IDisposable
{
    // Timers take no longer waits, and no block is without end.
    static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    readonly Lock _gate = new();
    readonly SemaphoreSlim _turn = new(1, 1);
    readonly SemaphoreSlim _places = new(limit.AtOnce, limit.AtOnce);
    readonly Queue<(long At, int Weight)> _spent = new();
    int _sum;
    int _open;
    int _waiting;
    long? _lastAt;
    long _blockedUntil = clock.GetTimestamp();

    /// <summary>Called before a share is used and after a block: what is known now should outlive the process.</summary>
    public Func<Task>? Keep { get; init; }

    /// <summary>Weight that counts now.</summary>
    public int Used
    {
        get
        {
            lock (_gate)
            {
                Forget(clock.GetTimestamp());
                return _sum + _open;
            }
        }
    }

    /// <summary>How many wait for their share. For display.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>How long nothing is given out any more, because the other side said so; zero where it did not.</summary>
    public TimeSpan Blocked => Positive(clock.GetElapsedTime(clock.GetTimestamp(), Volatile.Read(ref _blockedUntil)));

    /// <summary>Waits until the weight is within the limit and no block is in force, and takes it.</summary>
    public async Task<RateLease> TakeAsync(int weight, CancellationToken cancel)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _places.WaitAsync(cancel).ConfigureAwait(false);
            try
            {
                await TakeTurnAsync(weight, cancel).ConfigureAwait(false);
            }
            catch
            {
                _places.Release();
                throw;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        return new RateLease(() => End(weight));
    }

    /// <summary>Takes the other side's own count over: other programs may share the address.</summary>
    public void Report(int used)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            Forget(now);
            if (used > _sum + _open)
                Spend(now, used - _sum - _open);
        }
    }

    /// <summary>Nothing may be asked for so long. A shorter block ends no longer one.</summary>
    public void Block(TimeSpan span)
    {
        lock (_gate)
            _blockedUntil = Math.Max(_blockedUntil, clock.GetTimestamp() + Ticks(span));
        _ = Keep?.Invoke();
    }

    /// <summary>What a successor must know.</summary>
    public RateRecord Record()
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            Forget(now);
            return new RateRecord(
                Positive(clock.GetElapsedTime(now, _blockedUntil)),
                _open,
                [.. _spent.Select(s => (clock.GetElapsedTime(s.At, now), s.Weight))]);
        }
    }

    /// <summary>Takes over what a predecessor spent. What was in use when it ended counts as spent now.</summary>
    public void TakeOver(RateRecord record)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            foreach (var (age, weight) in record.Spent.OrderByDescending(s => s.Age))
            {
                if (age < limit.Window)
                    Spend(now - Ticks(age), Math.Min(weight, limit.Most));
            }

            if (record.Open > 0)
                Spend(now, Math.Min(record.Open, limit.Most));
            _blockedUntil = Math.Max(_blockedUntil, now + Ticks(record.Blocked));
        }
    }

    public void Dispose()
    {
        _turn.Dispose();
        _places.Dispose();
    }

    async Task TakeTurnAsync(int weight, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            while (!TryOpen(weight, out var wait))
                await Task.Delay(wait < LongestWait ? wait : LongestWait, clock, cancel).ConfigureAwait(false);
            if (Keep is { } keep)
                await keep().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    bool TryOpen(int weight, out TimeSpan wait)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            Forget(now);
            wait = Longer(clock.GetElapsedTime(now, _blockedUntil), WaitForWeight(now, weight));
            if (_lastAt is { } last)
                wait = Longer(wait, limit.Spacing - clock.GetElapsedTime(last, now));
            if (wait > TimeSpan.Zero)
                return false;
            _open += weight;
            _lastAt = now;
            return true;
        }
    }

    // What weighs more than the whole limit goes alone. What is in use now frees nothing before a window has passed.
    TimeSpan WaitForWeight(long now, int weight) =>
        _sum + _open == 0 || _sum + _open + weight <= limit.Most ? TimeSpan.Zero
        : _spent.TryPeek(out var oldest) ? limit.Window - clock.GetElapsedTime(oldest.At, now)
        : limit.Window;

    void End(int weight)
    {
        lock (_gate)
        {
            _open -= weight;
            Spend(clock.GetTimestamp(), weight);
        }

        try
        {
            _places.Release();
        }
        catch (ObjectDisposedException)
        {
            // The recorder has ended before the answer came.
        }
    }

    void Spend(long at, int weight)
    {
        _spent.Enqueue((at, weight));
        _sum += weight;
    }

    void Forget(long now)
    {
        while (_spent.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.At, now) >= limit.Window)
            _sum -= _spent.Dequeue().Weight;
    }

    long Ticks(TimeSpan span) => (long)(span.TotalSeconds * clock.TimestampFrequency);

    static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;

    static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
