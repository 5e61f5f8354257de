namespace Ticklake.Runtime.Configuration;

/// <summary>The presets of segment paths (design.md section 6).</summary>
public enum SegmentLayout : byte
{
    Daily,
    Segments,
}

/// <summary>How the pages of a segment are compressed.</summary>
public enum SegmentCompression : byte
{
    Zstd,
    Gzip,
    None,
}

/// <summary>Where segments lie, when they end and how they are written (<c>segments:</c>).</summary>
public sealed record SegmentOptions
{
    public SegmentLayout Layout { get; init; } = SegmentLayout.Daily;

    /// <summary>Null follows the layout: <c>daily</c> ends segments with the UTC day, <c>segments</c> with the hour.</summary>
    public SegmentRotation? Rotate { get; init; }

    public SegmentRotation EffectiveRotation =>
        Rotate ?? (Layout == SegmentLayout.Daily ? SegmentRotation.Day : SegmentRotation.Hour);

    /// <summary>Bytes of the file after which a segment ends.</summary>
    public long MaxSize { get; init; } = 256_000_000;

    public SegmentCompression Compression { get; init; } = SegmentCompression.Zstd;

    /// <summary>zstd level; other compressions do not look at it.</summary>
    public int Level { get; init; } = 3;

    public int RowGroupRows { get; init; } = 65_536;

    /// <summary>Bytes that rows waiting for their row group may take in all streams together.</summary>
    public long Memory { get; init; } = 256_000_000;
}
