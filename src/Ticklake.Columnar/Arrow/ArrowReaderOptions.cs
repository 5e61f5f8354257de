namespace Ticklake.Columnar.Arrow;

/// <summary>What a reader believes at most, so that a hostile file cannot make it take all memory.</summary>
public sealed record ArrowReaderOptions
{
    /// <summary>Rows of one record batch, and entries of one dictionary.</summary>
    public int MaxBatchRows { get; init; } = 1 << 25;

    /// <summary>One buffer of a column, as it is stored and decompressed.</summary>
    public int MaxBufferBytes { get; init; } = 1 << 30;

    /// <summary>The footer, and the header of each batch.</summary>
    public int MaxFooterBytes { get; init; } = 1 << 26;
}
