using Ticklake.Columnar;
using Ticklake.Columnar.Arrow;
using Ticklake.Stores.Segments;

namespace Ticklake.Stores.Arrow;

/// <summary>A segment being written as an Arrow file. Store thread only.</summary>
sealed class ArrowSegmentFile(ArrowWriter writer) : ISegmentFile
{
    public long BytesWritten => writer.BytesWritten;

    public void WriteRowGroup(IReadOnlyList<IReadOnlyList<ColumnPart>> columns) => writer.WriteRecordBatch(columns);

    public void Finish(IReadOnlyList<KeyValuePair<string, string>> metadata) => writer.Finish(metadata);

    public void Dispose() => writer.Dispose();
}
