using Ticklake.Columnar.Parquet;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Configuration;

/// <summary>Where segments lie, when they end and how they are written (<c>segments:</c>).</summary>
public sealed record SegmentSettings
{
    // Half a million rows of books were measured at 60 MiB (SegmentOptions.HeldRows).
    const long BytesPerRow = 120;

    public SegmentOptions Cut { get; init; } = new();

    public ParquetWriterOptions Files { get; init; } = new();

    /// <summary>How long after its day the small segments of a day are merged; null for never.</summary>
    public TimeSpan? CompactAfter { get; init; }

    /// <summary>How long segments are kept after their last row; null for ever.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>About what the held rows take, in bytes.</summary>
    internal long Memory
    {
        get => Cut.HeldRows * BytesPerRow;
        init => Cut = Cut with { HeldRows = (int)(value / BytesPerRow) };
    }
}
