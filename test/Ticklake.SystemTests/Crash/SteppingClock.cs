namespace Ticklake.SystemTests.Crash;

/// <summary>The system's clock, whose wall time a test sets back or forth as an administrator would.</summary>
sealed class SteppingClock : TimeProvider
{
    long _offset;

    public void Step(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _offset));
}
