namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>
/// What the footer says of one column of one row group: <c>ColumnChunk</c> with its <c>ColumnMetaData</c>.
/// </summary>
sealed class ColumnChunkRecord
{
    public required PhysicalType Type { get; init; }

    public required PageCodec Codec { get; init; }

    /// <summary>The encoding of every data page in a chunk we write.</summary>
    public PageEncoding DataEncoding { get; set; }

    public int DataPages { get; set; }

    /// <summary>How many pages of each type and encoding there are; empty where the footer does not say.</summary>
    public IReadOnlyList<PageCount> PageCounts { get; init; } = [];

    public long ValueCount { get; set; }

    public long UncompressedBytes { get; set; }

    public long CompressedBytes { get; set; }

    public long DataPageOffset { get; set; }

    public long? DictionaryPageOffset { get; set; }

    public ChunkStatistics Statistics { get; set; }

    public IndexPlace ColumnIndex { get; set; }

    public IndexPlace OffsetIndex { get; set; }

    public long FirstOffset => DictionaryPageOffset is { } offset && offset > 0 && offset < DataPageOffset
        ? offset
        : DataPageOffset;
}

/// <summary>One of a chunk's <c>encoding_stats</c>.</summary>
readonly record struct PageCount(PageType Type, PageEncoding Encoding, int Count);

/// <summary>Where a column or offset index lies; length 0 where there is none.</summary>
readonly record struct IndexPlace(long Offset, int Length);

/// <summary>Smallest and largest value (in PLAIN form; null where unknown) and the number of nulls.</summary>
readonly record struct ChunkStatistics(
    byte[]? Min, byte[]? Max, long? NullCount, bool IsMinExact = true, bool IsMaxExact = true);
