using Ticklake.Columnar.Parquet.Chunks;

namespace Ticklake.Columnar.Parquet;

/// <summary>
/// The memory that row groups are encoded and compressed in: some megabytes, so many open files share one. One
/// thread at a time.
/// </summary>
public sealed class ParquetWorkspace : IDisposable
{
    /// <param name="options">What all files written here have in common.</param>
    public ParquetWorkspace(ParquetWriterOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PageRows, 1);
        Options = options;
        Sink = new PageSink(options);
        Chunks = new ColumnChunkWriter(Sink, options.PageRows);
    }

    public ParquetWriterOptions Options { get; }

    internal PageSink Sink { get; }

    internal ColumnChunkWriter Chunks { get; }

    public void Dispose() => Sink.Dispose();
}
