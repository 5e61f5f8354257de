using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;
using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Parquet;

/// <summary>
/// A segment being written as Parquet: the only place that knows the format's library. Store thread only.
/// </summary>
sealed class ParquetSegmentFile : IDisposable
{
    public const string Extension = "parquet";

    readonly Stream _file;
    readonly HashingStream _hashing;
    readonly ParquetWriter _writer;

    /// <summary>Writes to a file it owns, with memory it borrows.</summary>
    public ParquetSegmentFile(Stream file, Channel channel, ParquetWorkspace workspace)
    {
        _file = file;
        _hashing = new HashingStream(file);
        _writer = new ParquetWriter(_hashing, TableSchemas.Of(channel), workspace);
    }

    public long BytesWritten => _writer.BytesWritten;

    /// <param name="columns">The parts of each column, in the table's order.</param>
    public void WriteRowGroup(IReadOnlyList<IReadOnlyList<ColumnPart>> columns) => _writer.WriteRowGroup(columns);

    /// <summary>Completes the file and returns once it is on the disk.</summary>
    public SealedFile Finish(
        string name, StreamKey stream, IReadOnlyList<JournalRange> journal, IReadOnlyList<GapMark> gaps, IFileSystem files)
    {
        _writer.Finish(SegmentMetadata.Of(stream, journal, gaps));
        files.Sync(_file);
        return new SealedFile(name, _hashing.Length, _hashing.Sha256);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _hashing.Dispose();
        _file.Dispose();
    }
}
