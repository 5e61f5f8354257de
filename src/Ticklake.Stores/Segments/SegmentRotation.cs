namespace Ticklake.Stores.Segments;

/// <summary>
/// Which span of time a row's segment covers: decided by the row's own receive time, so a replay cuts where the live
/// run did. Spans are aligned to the epoch in UTC.
/// </summary>
/// <param name="boundary">The layout's: no segment crosses a multiple of it.</param>
/// <param name="rotate">The age limit; a longer one than the boundary changes nothing.</param>
public sealed class SegmentRotation(TimeSpan boundary, TimeSpan rotate)
{
    readonly long _boundaryUs = Positive(boundary);
    readonly long _rotateUs = Positive(rotate);

    /// <summary>Why a segment ends when its span is over.</summary>
    public string EndReason { get; } = EndReasons.Of(rotate < boundary ? rotate : boundary);

    public SegmentSpan SpanOf(long recvUs)
    {
        var boundaryStart = Floor(recvUs, _boundaryUs);
        var rotateStart = Floor(recvUs, _rotateUs);
        return new SegmentSpan(
            Math.Max(boundaryStart, rotateStart),
            Math.Min(boundaryStart + _boundaryUs, rotateStart + _rotateUs));
    }

    static long Floor(long value, long unit) => value - (((value % unit) + unit) % unit);

    static long Positive(TimeSpan span) => span >= TimeSpan.FromSeconds(1)
        ? span.Ticks / TimeSpan.TicksPerMicrosecond
        : throw new ArgumentOutOfRangeException(nameof(span), span, "A segment lasts a second at least.");
}

/// <summary>Microseconds from <paramref name="StartUs"/> until before <paramref name="EndUs"/>.</summary>
public readonly record struct SegmentSpan(long StartUs, long EndUs)
{
    public bool Contains(long recvUs) => recvUs >= StartUs && recvUs < EndUs;
}
