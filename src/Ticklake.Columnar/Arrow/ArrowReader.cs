using System.Buffers.Binary;
using Ticklake.Columnar.Arrow.Messages;
using Ticklake.Columnar.Arrow.Reading;

namespace Ticklake.Columnar.Arrow;

/// <summary>
/// Reads flat Arrow files (also called Feather version 2): all that <see cref="ArrowWriter"/> writes, and the same kinds
/// of others, uncompressed or zstd. A damaged or hostile file gives <see cref="InvalidDataException"/>, a file with other
/// features <see cref="NotSupportedException"/>. One thread at a time.
/// </summary>
public sealed class ArrowReader : TableReader
{
    const int TailLength = 10;
    const int HeadLength = 8;

    readonly Stream _stream;
    readonly bool _leaveOpen;
    readonly ArrowReaderOptions _options;
    readonly FileFooter _footer;
    readonly MessageReader _messages;
    readonly BufferReader _buffers;
    readonly ColumnDecoder _decoder;
    readonly FileDictionaries _dictionaries;
    readonly int[] _firstBuffers;
    (int Index, BatchHeader Header)? _last;

    /// <summary>Reads the footer and the headers of the batches of a seekable stream.</summary>
    public ArrowReader(Stream stream, ArrowReaderOptions? options = null, bool leaveOpen = false)
    {
        _stream = stream;
        _leaveOpen = leaveOpen;
        _options = options ?? new ArrowReaderOptions();
        _footer = ReadFooter();
        Schema = [.. _footer.Schema.Fields.Select(field => field.Column)];
        _firstBuffers = FirstBuffers(_footer.Schema.Fields);
        _messages = new MessageReader(stream, _options);
        _buffers = new BufferReader(stream, _options);
        _decoder = new ColumnDecoder(_buffers);
        RecordBatches = [.. Enumerable.Range(0, _footer.RecordBatches.Count).Select(Describe)];
        GroupRows = [.. RecordBatches.Select(batch => batch.RowCount)];
        RowCount = RecordBatches.Sum(batch => (long)batch.RowCount);
        _dictionaries = Placed(
            "The dictionaries",
            () => new FileDictionaries(_footer.Dictionaries, _messages, _decoder, _options));
    }

    public override IReadOnlyList<ColumnSchema> Schema { get; }

    /// <summary>The schema's custom metadata, in its order.</summary>
    public override IReadOnlyList<KeyValuePair<string, string>> Metadata => _footer.Schema.Metadata;

    public override long RowCount { get; }

    public override IReadOnlyList<int> GroupRows { get; }

    public IReadOnlyList<ArrowRecordBatch> RecordBatches { get; }

    public static ArrowReader Open(string path) => Open(path, stream => new ArrowReader(stream));

    /// <summary>Reads one column of one record batch, and nothing else of the file but its dictionary.</summary>
    public override ColumnValues ReadColumn(int group, int column)
    {
        var field = _footer.Schema.Fields[column];
        return Placed(
            $"Record batch {group}, column {field.Column.Name}",
            () => _decoder.Read(
                Header(group),
                field,
                column,
                _firstBuffers[column],
                field.Indices is null ? null : _dictionaries.Read(field)));
    }

    public override void Dispose()
    {
        _buffers.Dispose();
        if (!_leaveOpen)
            _stream.Dispose();
    }

    static int[] FirstBuffers(IReadOnlyList<ArrowField> fields)
    {
        // One more than there are columns: the last says how many buffers a batch has.
        var first = new int[fields.Count + 1];
        for (var i = 0; i < fields.Count; i++)
            first[i + 1] = first[i] + fields[i].BufferCount;
        return first;
    }

    /// <summary>Says where in the file something was found to be wrong.</summary>
    static T Placed<T>(string place, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            var message = $"{place}: {e.Message.TrimEnd('.')}.";
            throw e is InvalidDataException
                ? new InvalidDataException(message, e)
                : new NotSupportedException(message, e);
        }
    }

    FileFooter ReadFooter()
    {
        var magic = "ARROW1"u8;
        var length = _stream.Length;
        if (length < HeadLength + TailLength)
            throw new InvalidDataException($"A file of {length} bytes is no Arrow file.");
        Span<byte> tail = stackalloc byte[TailLength];
        _stream.Position = 0;
        _stream.ReadExactly(tail[..HeadLength]);
        var isArrow = tail.StartsWith(magic);
        _stream.Position = length - TailLength;
        _stream.ReadExactly(tail);
        if (!isArrow || !tail[4..].SequenceEqual(magic))
            throw new InvalidDataException("The file does not begin and end with ARROW1: no Arrow file, or unfinished.");
        var size = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (size <= 0 || size > length - TailLength - HeadLength || size > _options.MaxFooterBytes)
            throw new InvalidDataException($"The Arrow footer claims {size} bytes in a file of {length}.");
        var bytes = new byte[size];
        _stream.Position = length - TailLength - size;
        _stream.ReadExactly(bytes);
        return FooterReader.Read(bytes, length - TailLength - size);
    }

    ArrowRecordBatch Describe(int recordBatch)
    {
        var header = Placed($"Record batch {recordBatch}", () => Header(recordBatch));
        return new ArrowRecordBatch(header.RowCount, header.Block.BodyLength);
    }

    BatchHeader Header(int recordBatch)
    {
        if (_last is { } last && last.Index == recordBatch)
            return last.Header;
        var header = _messages.ReadRecordBatch(_footer.RecordBatches[recordBatch]);
        header.Require(Schema.Count, _firstBuffers[^1]);
        _last = (recordBatch, header);
        return header;
    }
}
