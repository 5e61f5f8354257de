using Ticklake.Core.Markets;

namespace Ticklake.Stores.Segments;

/// <summary>
/// A stream's open segment could not be written and was given up; the rows of these journal ranges are in no sealed
/// segment and have to be derived again. Other streams are not affected.
/// </summary>
public sealed class SegmentLostException(StreamKey stream, IReadOnlyList<JournalRange> lost, Exception cause)
    : IOException(
        $"The segment of {stream} was given up ({lost.Sum(range => range.Rows)} rows): {cause.Message}", cause)
{
    public StreamKey Stream { get; } = stream;

    public IReadOnlyList<JournalRange> Lost { get; } = lost;

    /// <summary>The faults by which writing a file can fail, as opposed to mistakes in the program.</summary>
    internal static bool Covers(Exception fault) => fault is IOException or UnauthorizedAccessException;
}
