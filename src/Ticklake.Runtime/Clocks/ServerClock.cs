namespace Ticklake.Runtime.Clocks;

/// <summary>What is known of one market's clock. Written by the task that measures, read by any thread.</summary>
public sealed class ServerClock
{
    volatile ClockMeasurement? _latest;

    /// <summary>The latest measurement, or null before the first.</summary>
    public ClockMeasurement? Latest
    {
        get => _latest;
        set => _latest = value;
    }

    /// <summary>
    /// To be added to a latency by our clock; 0 while nothing is known, and where the clocks may be equal: what a coarse source
    /// leaves open must not make a figure worse.
    /// </summary>
    public long CorrectionUs => _latest is { MayBeNone: false } known ? known.OffsetUs : 0;
}
