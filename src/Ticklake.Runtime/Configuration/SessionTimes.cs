namespace Ticklake.Runtime.Configuration;

/// <summary>How long a session lives, waits and takes to stop (<c>session:</c>).</summary>
public sealed record SessionTimes
{
    public TimeSpan RotateAfter { get; init; } = TimeSpan.FromHours(23);

    public TimeSpan Overlap { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan FirstDataTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan BackoffMin { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
