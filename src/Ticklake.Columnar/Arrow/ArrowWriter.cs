using System.Buffers.Binary;
using Ticklake.Columnar.Arrow.Batches;
using Ticklake.Columnar.Arrow.Messages;

namespace Ticklake.Columnar.Arrow;

/// <summary>
/// Writes an Arrow file record batch by record batch to a stream that need not seek. Memory is bounded by one batch (the
/// workspace) plus the dictionaries and the footer. The same rows and options give the same bytes. One thread at a time.
/// </summary>
public sealed class ArrowWriter : IDisposable
{
    // Offsets and sizes of a batch in memory are 32 bits wide; half of that leaves room for what compression may add.
    const long LargestBatch = 1 << 30;

    static readonly byte[] Magic = "ARROW1"u8.ToArray();

    readonly IReadOnlyList<ColumnSchema> _schema;
    readonly ArrowWorkspace _workspace;
    readonly bool _ownsWorkspace;
    readonly IReadOnlyList<string>? _dictionaryColumns;
    readonly FileOutput _output;
    readonly MessageWriter _messages;
    readonly List<FileBlock> _batches = [];
    readonly List<FileBlock> _dictionaryBatches = [];

    // One per column, null where it has none; decided with the first batch.
    ColumnDictionary?[]? _dictionaries;
    WriterState _state;

    /// <param name="output">Written from its current position on; stays open.</param>
    /// <param name="schema">The columns, in order; names differ.</param>
    /// <param name="options">Compression and which columns have a dictionary.</param>
    public ArrowWriter(Stream output, IReadOnlyList<ColumnSchema> schema, ArrowWriterOptions options)
        : this(output, schema, new ArrowWorkspace(options)) => _ownsWorkspace = true;

    /// <param name="output">Written from its current position on; stays open.</param>
    /// <param name="schema">The columns, in order; names differ.</param>
    /// <param name="workspace">Borrowed while a batch is written; other files may use it in between.</param>
    /// <param name="dictionaryColumns">Of this file, where the workspace's options do not say.</param>
    public ArrowWriter(
        Stream output, IReadOnlyList<ColumnSchema> schema, ArrowWorkspace workspace,
        IReadOnlyList<string>? dictionaryColumns = null)
    {
        _dictionaryColumns = workspace.Options.DictionaryColumns ?? dictionaryColumns;
        if (schema.Count == 0)
            throw new ArgumentException("A file without columns cannot say how many rows it has.", nameof(schema));
        if (schema.Select(column => column.Name).Distinct(StringComparer.Ordinal).Count() != schema.Count)
            throw new ArgumentException("Two columns have the same name.", nameof(schema));
        foreach (var name in _dictionaryColumns ?? [])
        {
            if (!schema.Any(column => column.Name == name && column.Kind == ColumnKind.Utf8))
                throw new ArgumentException($"Dictionary column {name} is no text of the schema.", nameof(workspace));
        }

        _schema = [.. schema];
        _workspace = workspace;
        _output = new FileOutput(output);
        _messages = new MessageWriter(_output, workspace.Flat);
        _output.Write(Magic);
        // Two more bytes to a multiple of eight.
        _output.Write(BatchBody.Zeros[..2]);
    }

    /// <summary>Bytes written so far; the finished file is longer by its dictionaries and footer.</summary>
    public long BytesWritten => _output.Position;

    public long RowsWritten { get; private set; }

    /// <summary>
    /// Writes one record batch. <paramref name="columns"/> holds, for each schema column, the parts that make it up. A
    /// batch without rows writes nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The parts do not fit the schema, or take more than 1 GiB; nothing was
    /// written.</exception>
    public void WriteRecordBatch(IReadOnlyList<IReadOnlyList<ColumnPart>> columns)
    {
        RequireState(WriterState.Open);
        var rows = CountRows(columns);
        if (rows == 0)
            return;
        // An exception from here on leaves part of a batch behind, to which no footer may refer.
        _state = WriterState.Broken;
        var dictionaries = _dictionaries ?? Begin(columns);
        _workspace.Body.Clear();
        for (var i = 0; i < columns.Count; i++)
            _workspace.Columns.Write(_schema[i], columns[i], rows, dictionaries[i]);
        _batches.Add(_messages.WriteRecordBatch(_workspace.Body, rows));
        for (var i = 0; i < columns.Count; i++)
        {
            if (dictionaries[i] is { IsLarge: true } large)
                WriteDictionary(i, large);
        }

        RowsWritten += rows;
        _state = WriterState.Open;
    }

    /// <summary>Writes the dictionaries and the footer, whose schema holds the metadata. The stream stays open.</summary>
    public void Finish(IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        RequireState(WriterState.Open);
        _state = WriterState.Broken;
        var dictionaries = _dictionaries ?? Begin(null);
        for (var i = 0; i < dictionaries.Length; i++)
        {
            if (dictionaries[i] is { } rest && (rest.PendingCount > 0 || !rest.IsBegun))
                WriteDictionary(i, rest);
        }

        _messages.WriteEnd();
        var isCoded = Array.ConvertAll(dictionaries, dictionary => dictionary is not null);
        var length = _messages.WriteFooter(
            flat => SchemaWriter.Write(flat, _schema, isCoded, metadata), _dictionaryBatches, _batches);
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, length);
        _output.Write(size);
        _output.Write(Magic);
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
            throw new InvalidOperationException($"The Arrow writer is {_state}, not {state}.");
    }

    int CountRows(IReadOnlyList<IReadOnlyList<ColumnPart>> columns)
    {
        var rows = PartCheck.CountRows(_schema, columns);
        var bytes = 0L;
        for (var i = 0; i < columns.Count; i++)
            bytes += (rows * (_schema[i].Kind == ColumnKind.Decimal ? 16 : sizeof(long))) + columns[i].Sum(part => TextValues.Measure(part, IsCoded(i)));
        return bytes <= LargestBatch
            ? checked((int)rows)
            : throw new ArgumentException($"The batch takes {bytes} bytes; {LargestBatch} are allowed. Cut it.");
    }

    bool IsCoded(int column) => _dictionaries?[column] is not null;

    /// <summary>Decides which columns have a dictionary and writes the schema, which says so.</summary>
    ColumnDictionary?[] Begin(IReadOnlyList<IReadOnlyList<ColumnPart>>? columns)
    {
        var dictionaries = new ColumnDictionary?[_schema.Count];
        for (var i = 0; i < dictionaries.Length; i++)
        {
            var isCoded = _schema[i].Kind == ColumnKind.Utf8
                && (_dictionaryColumns is { } names
                    ? names.Contains(_schema[i].Name)
                    : columns is not null && _workspace.Choice.Pays(columns[i]));
            dictionaries[i] = isCoded ? new ColumnDictionary() : null;
        }

        _messages.WriteSchema(_schema, Array.ConvertAll(dictionaries, dictionary => dictionary is not null));
        return _dictionaries = dictionaries;
    }

    void WriteDictionary(int column, ColumnDictionary dictionary)
    {
        _workspace.Body.Clear();
        _workspace.Columns.Write(dictionary);
        _dictionaryBatches.Add(_messages.WriteDictionaryBatch(
            _workspace.Body, dictionary.PendingCount, column, isDelta: dictionary.IsBegun));
        dictionary.MarkWritten();
    }

    enum WriterState : byte
    {
        Open,
        Broken,
        Finished,
    }
}
