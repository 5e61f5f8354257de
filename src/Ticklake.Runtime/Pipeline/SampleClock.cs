using Ticklake.Core.Time;

namespace Ticklake.Runtime.Pipeline;

/// <summary>Even steps of time since the Unix epoch, and what is sampled at each. Session thread only.</summary>
sealed class SampleClock(TimeSpan step)
{
    readonly long _stepUs = step.Ticks / TimeSpan.TicksPerMicrosecond;
    long _now = long.MinValue;

    public TimeSpan Step => step;

    public List<BookSamples> Members { get; } = [];

    /// <summary>Whether this is the first line of another step than the last one's; a clock set back begins one, too.</summary>
    public bool HasMoved(TimestampNs time)
    {
        var now = time.Microseconds / _stepUs;
        if (now == _now)
            return false;
        var isFirst = _now == long.MinValue;
        _now = now;
        return !isFirst;
    }
}

/// <summary>One stream of samples.</summary>
/// <param name="Watch">The book.</param>
/// <param name="Slot">Where its rows go.</param>
/// <param name="Levels">Levels a side at most.</param>
sealed record BookSamples(BookWatch Watch, RowSlot Slot, int Levels);
