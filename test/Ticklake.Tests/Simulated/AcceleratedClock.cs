namespace Ticklake.Tests.Simulated;

/// <summary>
/// A clock that runs so many times faster than the world's, timers included, so that half a minute of silence takes a test
/// three seconds. Safe from any thread.
/// </summary>
sealed class AcceleratedClock(int factor) : TimeProvider
{
    readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow();
    readonly long _began = TimeProvider.System.GetTimestamp();

    public override long TimestampFrequency => TimeProvider.System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _start + (TimeProvider.System.GetElapsedTime(_began) * factor);

    public override long GetTimestamp() => (TimeProvider.System.GetTimestamp() - _began) * factor;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new AcceleratedTimer(this, TimeProvider.System.CreateTimer(callback, state, Real(dueTime), Real(period)));

    TimeSpan Real(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : span / factor;

    sealed class AcceleratedTimer(AcceleratedClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Real(dueTime), clock.Real(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
