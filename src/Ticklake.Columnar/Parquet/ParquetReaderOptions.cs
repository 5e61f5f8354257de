namespace Ticklake.Columnar.Parquet;

/// <summary>What a reader believes at most, so that a hostile file cannot make it take all memory.</summary>
public sealed record ParquetReaderOptions
{
    public int MaxRowGroupRows { get; init; } = 1 << 25;

    public int MaxPageBytes { get; init; } = 1 << 28;

    public int MaxFooterBytes { get; init; } = 1 << 26;

    /// <summary>The texts of one column of one row group.</summary>
    public int MaxTextBytes { get; init; } = 1 << 30;
}
