namespace Ticklake.Runtime.Clocks;

/// <summary>
/// Finds steps of our own clock: between two looks the wall clock must have gone as far as the monotonic one. One task.
/// </summary>
public sealed class ClockSteps
{
    const int Readings = 5;

    // Clocks that are only disciplined drift by some parts in a million; between two looks that is nothing.
    static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(50);

    readonly TimeProvider _clock;
    (DateTimeOffset Wall, long Monotonic, TimeSpan Between) _last;

    public ClockSteps(TimeProvider clock)
    {
        _clock = clock;
        _last = Read();
    }

    /// <summary>How far the wall clock has jumped since the last look; null where it has not.</summary>
    public TimeSpan? Look()
    {
        var now = Read();
        var step = now.Wall - _last.Wall - _clock.GetElapsedTime(_last.Monotonic, now.Monotonic);
        var unsure = now.Between + _last.Between;
        _last = now;
        return step.Duration() > Tolerance + unsure ? step : null;
    }

    // A thread may rest between the two clocks: the reading during which least time passed is the one that counts.
    (DateTimeOffset Wall, long Monotonic, TimeSpan Between) Read()
    {
        var best = (Wall: default(DateTimeOffset), Monotonic: 0L, Between: TimeSpan.MaxValue);
        for (var i = 0; i < Readings; i++)
        {
            var before = _clock.GetTimestamp();
            var wall = _clock.GetUtcNow();
            var between = _clock.GetElapsedTime(before);
            if (between < best.Between)
                best = (wall, before, between);
        }

        return best;
    }
}
