namespace Ticklake.Columnar.Parquet;

/// <summary>What a reader believes at most, so that a hostile file cannot make it take all memory.</summary>
public sealed record ParquetReaderOptions
{
    public int MaxRowGroupRows { get; init; } = 1 << 25;

    public int MaxPageBytes { get; init; } = 1 << 28;

    public int MaxFooterBytes { get; init; } = 1 << 26;

    /// <summary>The texts of one column of one row group.</summary>
    public int MaxTextBytes { get; init; } = 1 << 30;

    /// <summary>Whether pages with a checksum are held against it.</summary>
    public bool VerifiesChecksums { get; init; } = true;

    /// <summary>
    /// Leaves out columns that are nested or of a type that is not read, instead of refusing the file; the reader's
    /// <see cref="ParquetReader.Omitted"/> names them.
    /// </summary>
    public bool OmitsUnreadable { get; init; }
}
