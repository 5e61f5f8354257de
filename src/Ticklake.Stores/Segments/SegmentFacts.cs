using Ticklake.Core.Markets;

namespace Ticklake.Stores.Segments;

/// <summary>What the path of a segment may tell of it.</summary>
/// <param name="Stream">Whose rows it holds.</param>
/// <param name="FirstRecvUs">Receive time of its first row.</param>
public readonly record struct SegmentFacts(StreamKey Stream, long FirstRecvUs)
{
    /// <summary>The file name's end, without the dot.</summary>
    public string Extension { get; init; } = "parquet";

    /// <summary>The recorder's name (<c>segments.server</c>), or null.</summary>
    public string? Server { get; init; }

    /// <summary>Counts the segments whose paths are otherwise the same.</summary>
    public int Number { get; init; }

    /// <summary>Receive time of its last row, or null while it is open.</summary>
    public long? LastRecvUs { get; init; }

    /// <summary>Size of its file, or null while it is open.</summary>
    public long? Bytes { get; init; }
}
