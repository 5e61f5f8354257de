using Ticklake.Runtime.Sessions;

namespace Ticklake.Runtime.Clocks;

/// <summary>How far an exchange's clock is ahead of ours, and how well that is known.</summary>
/// <param name="OffsetUs">The server's clock less ours, in microseconds: the middle of what is possible.</param>
/// <param name="UncertaintyUs">The truth lies so far from it at most.</param>
/// <param name="RttUs">The quickest answer's round trip.</param>
/// <param name="Source">What told the time.</param>
/// <param name="At">When, by our clock.</param>
public sealed record ClockMeasurement(long OffsetUs, long UncertaintyUs, long RttUs, string Source, DateTimeOffset At)
{
    /// <summary>The clocks may be equal.</summary>
    public bool MayBeNone => Math.Abs(OffsetUs) <= UncertaintyUs;

    /// <summary>How wrong a latency may be for it, corrected or left as it is.</summary>
    public long LatencyUncertaintyUs => MayBeNone ? Math.Abs(OffsetUs) + UncertaintyUs : UncertaintyUs;

    /// <summary>It is larger than that, whatever the truth within the bounds is.</summary>
    public bool CertainlyExceeds(TimeSpan offset) => Math.Abs(OffsetUs) - UncertaintyUs > offset.TotalMicroseconds;

    /// <summary>
    /// What the samples say together. All of them bound one offset; where they contradict each other (a cluster whose clocks
    /// differ), the quickest answer's word counts.
    /// </summary>
    public static ClockMeasurement? Of(IReadOnlyList<ClockSample> samples, TimeSpan slack, string source, DateTimeOffset at)
    {
        if (samples.Count == 0)
            return null;
        var quickest = samples.MinBy(s => s.Rtt);
        var (least, most) = (samples.Max(s => s.Bounds(slack).Least), samples.Min(s => s.Bounds(slack).Most));
        if (least > most)
            (least, most) = quickest.Bounds(slack);
        var middle = (least + most) / 2;
        // Rounded outwards: half a microsecond must not make a true bound wrong.
        return new ClockMeasurement(
            (long)Math.Round(middle.TotalMicroseconds),
            (long)Math.Ceiling(((most - least) / 2).TotalMicroseconds) + 1,
            (long)Math.Ceiling(quickest.Rtt.TotalMicroseconds),
            source,
            at);
    }

    internal Occurrence ToOccurrence() => Occurrence.With(
        "clock_offset",
        [("offset_us", OffsetUs), ("uncertainty_us", UncertaintyUs), ("rtt_us", RttUs)],
        ("source", Source));
}
