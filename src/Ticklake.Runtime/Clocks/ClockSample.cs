namespace Ticklake.Runtime.Clocks;

/// <summary>One question for the time and its answer.</summary>
/// <param name="Sent">Our clock when the request left.</param>
/// <param name="Rtt">From there to the answer, by the monotonic clock.</param>
/// <param name="Told">What the server said.</param>
public readonly record struct ClockSample(DateTimeOffset Sent, TimeSpan Rtt, DateTimeOffset Told)
{
    /// <summary>
    /// The offsets (server's clock less ours) that are possible: the server looked at its clock between the request and the answer,
    /// and its clock was past what it told by less than <paramref name="slack"/>.
    /// </summary>
    public (TimeSpan Least, TimeSpan Most) Bounds(TimeSpan slack) => (Told - (Sent + Rtt), Told + slack - Sent);
}
