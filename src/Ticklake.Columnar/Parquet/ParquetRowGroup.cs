namespace Ticklake.Columnar.Parquet;

/// <summary>What a file's footer says of one row group.</summary>
public sealed record ParquetRowGroup(int RowCount, IReadOnlyList<ParquetColumnChunk> Columns);

/// <summary>
/// What a file's footer says of one column of a row group. <paramref name="Min"/> and <paramref name="Max"/> are bounds
/// in
/// the form <see cref="ColumnValues"/> gives values, null where unknown; long texts may be shortened, which the two
/// flags say.
/// </summary>
public sealed record ParquetColumnChunk(
    long CompressedBytes, long UncompressedBytes, long? NullCount, object? Min, object? Max)
{
    public bool IsMinExact { get; init; } = true;

    public bool IsMaxExact { get; init; } = true;
}
