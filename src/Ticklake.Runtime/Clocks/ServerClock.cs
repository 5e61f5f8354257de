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

    /// <summary>To be added to a time of ours to get the server's; 0 while nothing is known.</summary>
    public long OffsetUs => _latest?.OffsetUs ?? 0;
}
