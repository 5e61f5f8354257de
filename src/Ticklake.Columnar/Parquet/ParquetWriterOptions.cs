namespace Ticklake.Columnar.Parquet;

/// <summary>How pages are compressed.</summary>
public enum ParquetCompression : byte
{
    None,
    Zstd,
    Gzip,
}

/// <summary>Choices of a Parquet writer; the defaults are what the recorder uses.</summary>
public sealed record ParquetWriterOptions
{
    public ParquetCompression Compression { get; init; } = ParquetCompression.Zstd;

    /// <summary>
    /// zstd level, 1 to 19. Encoded pages leave it little to find: level 1 makes recordings 4 % larger and takes two
    /// thirds of the time.
    /// </summary>
    public int CompressionLevel { get; init; } = 3;

    /// <summary>Rows after which a page ends; the unit of the column index's min and max.</summary>
    public int PageRows { get; init; } = 20_000;

    /// <summary>Written to the footer's <c>created_by</c>.</summary>
    public string CreatedBy { get; init; } = "ticklake";

    /// <summary>Columns the rows are sorted by, ascending, stated in each row group; empty where unsorted.</summary>
    public IReadOnlyList<string> SortingColumns { get; init; } = [];
}
