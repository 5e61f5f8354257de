using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;
using Ticklake.Stores.Segments;

namespace Ticklake.Stores.Parquet;

/// <summary>A segment being written as Parquet. Store thread only.</summary>
sealed class ParquetSegmentFile(ParquetWriter writer) : ISegmentFile
{
    public long BytesWritten => writer.BytesWritten;

    public void WriteRowGroup(IReadOnlyList<IReadOnlyList<ColumnPart>> columns) => writer.WriteRowGroup(columns);

    public void Finish(IReadOnlyList<KeyValuePair<string, string>> metadata) => writer.Finish(metadata);

    public void Dispose() => writer.Dispose();
}
