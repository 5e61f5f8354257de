using System.Buffers.Binary;
using Ticklake.Columnar.Parquet.Footer;
using Ticklake.Columnar.Parquet.Thrift;

namespace Ticklake.Columnar.Parquet;

/// <summary>
/// Writes a Parquet file row group by row group to a stream that need not seek. Memory is bounded by one column chunk
/// (the workspace) plus the footer. The same rows and options give the same bytes. One thread at a time.
/// </summary>
public sealed class ParquetWriter : IDisposable
{
    static readonly byte[] Magic = "PAR1"u8.ToArray();

    readonly IReadOnlyList<ColumnSchema> _schema;
    readonly FileOutput _output;
    readonly ParquetWorkspace _workspace;
    readonly bool _ownsWorkspace;
    readonly List<RowGroupRecord> _rowGroups = [];

    // Page indexes lie before the footer, so they wait here, encoded, until the last row group is written.
    readonly CompactWriter _columnIndexes = new(new ByteBuffer());
    readonly CompactWriter _offsetIndexes = new(new ByteBuffer());
    WriterState _state;

    /// <param name="output">Written from its current position on; stays open.</param>
    /// <param name="schema">The columns, in order; names differ.</param>
    /// <param name="options">Compression, page size and what the file says of itself.</param>
    public ParquetWriter(Stream output, IReadOnlyList<ColumnSchema> schema, ParquetWriterOptions options)
        : this(output, schema, new ParquetWorkspace(options)) => _ownsWorkspace = true;

    /// <param name="output">Written from its current position on; stays open.</param>
    /// <param name="schema">The columns, in order; names differ.</param>
    /// <param name="workspace">Borrowed while a row group is written; other files may use it in between.</param>
    public ParquetWriter(Stream output, IReadOnlyList<ColumnSchema> schema, ParquetWorkspace workspace)
    {
        var options = workspace.Options;
        if (schema.Select(column => column.Name).Distinct(StringComparer.Ordinal).Count() != schema.Count)
            throw new ArgumentException("Two columns have the same name.", nameof(schema));
        foreach (var name in options.SortingColumns)
        {
            if (schema.All(column => column.Name != name))
                throw new ArgumentException($"Sorting column {name} is not in the schema.", nameof(workspace));
        }

        _schema = [.. schema];
        _workspace = workspace;
        _output = new FileOutput(output);
        _output.Write(Magic);
    }

    /// <summary>Bytes written so far; the finished file is a footer longer.</summary>
    public long BytesWritten => _output.Position;

    public long RowsWritten { get; private set; }

    /// <summary>
    /// Writes one row group. <paramref name="columns"/> holds, for each schema column, the parts that make it up. A row
    /// group without rows writes nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The parts do not fit the schema; nothing was written.</exception>
    public void WriteRowGroup(IReadOnlyList<IReadOnlyList<ColumnPart>> columns)
    {
        RequireState(WriterState.Open);
        var rows = checked((int)PartCheck.CountRows(_schema, columns));
        if (rows == 0)
            return;
        // An exception from here on leaves part of a row group behind, to which no footer may refer.
        _state = WriterState.Broken;
        _workspace.Sink.Output = _output;
        var chunks = new ColumnChunkRecord[columns.Count];
        for (var i = 0; i < columns.Count; i++)
        {
            chunks[i] = _workspace.Chunks.Write(_schema[i], columns[i], rows);
            KeepIndexes(_schema[i].Kind, chunks[i]);
        }

        _rowGroups.Add(new RowGroupRecord(rows, chunks));
        RowsWritten += rows;
        _state = WriterState.Open;
    }

    /// <summary>Writes the indexes and the footer. The stream stays open.</summary>
    public void Finish(IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        RequireState(WriterState.Open);
        _state = WriterState.Broken;
        PlaceIndexes(_output.Position, _output.Position + _columnIndexes.Output.Length);
        _output.Write(_columnIndexes.Output.Written);
        _output.Write(_offsetIndexes.Output.Written);

        var footer = new CompactWriter(new ByteBuffer(4096));
        new FooterWriter(footer, _schema, _workspace.Options).Write(_rowGroups, metadata);
        Span<byte> tail = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(tail, footer.Output.Length);
        Magic.CopyTo(tail[4..]);
        _output.Write(footer.Output.Written);
        _output.Write(tail);
        _state = WriterState.Finished;
    }

    public void Dispose()
    {
        if (_ownsWorkspace)
            _workspace.Dispose();
    }

    void RequireState(WriterState state)
    {
        if (_state != state)
            throw new InvalidOperationException($"The Parquet writer is {_state}, not {state}.");
    }

    void KeepIndexes(ColumnKind kind, ColumnChunkRecord chunk)
    {
        var start = _columnIndexes.Output.Length;
        var index = _workspace.Sink.Index;
        if (index.TryWriteColumnIndex(kind, _columnIndexes))
            chunk.ColumnIndex = new IndexPlace(start, _columnIndexes.Output.Length - start);
        start = _offsetIndexes.Output.Length;
        index.WriteOffsetIndex(_offsetIndexes);
        chunk.OffsetIndex = new IndexPlace(start, _offsetIndexes.Output.Length - start);
    }

    void PlaceIndexes(long columnIndexes, long offsetIndexes)
    {
        foreach (var chunk in _rowGroups.SelectMany(group => group.Columns))
        {
            chunk.ColumnIndex = chunk.ColumnIndex with { Offset = chunk.ColumnIndex.Offset + columnIndexes };
            chunk.OffsetIndex = chunk.OffsetIndex with { Offset = chunk.OffsetIndex.Offset + offsetIndexes };
        }
    }

    enum WriterState : byte
    {
        Open,
        Broken,
        Finished,
    }
}
