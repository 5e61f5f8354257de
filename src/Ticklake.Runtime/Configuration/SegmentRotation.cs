namespace Ticklake.Runtime.Configuration;

/// <summary>When a segment ends: with the UTC hour or day, or at an age.</summary>
/// <param name="Period">The length of the hour, the day or the age.</param>
/// <param name="OnClock">Ends at whole multiples of the period in UTC; otherwise counted from the segment's start.</param>
public sealed record SegmentRotation(TimeSpan Period, bool OnClock)
{
    public static SegmentRotation Hour { get; } = new(TimeSpan.FromHours(1), true);

    public static SegmentRotation Day { get; } = new(TimeSpan.FromDays(1), true);

    public static SegmentRotation AtAge(TimeSpan age) => new(age, false);
}
