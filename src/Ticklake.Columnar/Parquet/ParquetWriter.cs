namespace Ticklake.Columnar.Parquet;

/// <summary>
/// Writes a Parquet file row group by row group to a stream that need not seek. Memory is bounded by one column chunk plus
/// the footer. One thread at a time.
/// </summary>
public sealed class ParquetWriter : IDisposable
{
    public ParquetWriter(Stream output, IReadOnlyList<ColumnSchema> schema, ParquetWriterOptions options) =>
        throw new NotSupportedException("Being written.");

    /// <summary>Bytes written so far; the finished file is a footer longer.</summary>
    public long BytesWritten { get; }

    public long RowsWritten { get; }

    /// <summary>Writes one row group. <paramref name="columns"/> holds, for each schema column, the parts that make it up.</summary>
    public void WriteRowGroup(IReadOnlyList<IReadOnlyList<ColumnPart>> columns) => throw new NotSupportedException(ToString());

    /// <summary>Writes the indexes and the footer. The stream stays open.</summary>
    public void Finish(IReadOnlyList<KeyValuePair<string, string>> metadata) => throw new NotSupportedException(ToString());

    public void Dispose()
    {
    }
}
