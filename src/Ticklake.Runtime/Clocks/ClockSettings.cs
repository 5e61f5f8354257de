namespace Ticklake.Runtime.Clocks;

/// <summary>How often clocks are compared, and what is worth a warning.</summary>
public sealed record ClockSettings
{
    /// <summary>Between two measurements, give or take a tenth.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>An offset that is certainly larger is a warning in the log.</summary>
    public TimeSpan WarnOffset { get; init; } = TimeSpan.FromMilliseconds(250);
}
