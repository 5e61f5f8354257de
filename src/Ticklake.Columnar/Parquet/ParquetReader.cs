using System.Buffers.Binary;
using System.Text;
using Ticklake.Columnar.Parquet.Footer;
using Ticklake.Columnar.Parquet.Reading;

namespace Ticklake.Columnar.Parquet;

/// <summary>
/// Reads flat Parquet files: all that <see cref="ParquetWriter"/> writes, and PLAIN, dictionary, RLE and delta pages of
/// others, uncompressed, zstd or gzip. A damaged or hostile file gives <see cref="InvalidDataException"/>, a file with
/// other
/// features <see cref="NotSupportedException"/>. One thread at a time.
/// </summary>
public sealed class ParquetReader : IDisposable
{
    const int TailLength = 8;

    readonly Stream _stream;
    readonly bool _leaveOpen;
    readonly ParquetReaderOptions _options;
    readonly FileFooter _footer;
    readonly ChunkReader _chunks;

    /// <summary>Reads the footer of a seekable stream.</summary>
    public ParquetReader(Stream stream, ParquetReaderOptions? options = null, bool leaveOpen = false)
    {
        _stream = stream;
        _leaveOpen = leaveOpen;
        _options = options ?? new ParquetReaderOptions();
        _footer = ReadFooter();
        RowGroups = [.. _footer.RowGroups.Select(Describe)];
        _chunks = new ChunkReader(stream, _options);
    }

    public IReadOnlyList<ColumnSchema> Schema => _footer.Schema;

    /// <summary>The file's key-value metadata, in its order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata => _footer.Metadata;

    public string CreatedBy => _footer.CreatedBy;

    public long RowCount => _footer.RowCount;

    public IReadOnlyList<ParquetRowGroup> RowGroups { get; }

    public static ParquetReader Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1);
        try
        {
            return new ParquetReader(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The index of a column; -1 where there is none of that name.</summary>
    public int ColumnIndex(string name)
    {
        for (var i = 0; i < Schema.Count; i++)
        {
            if (Schema[i].Name == name)
                return i;
        }

        return -1;
    }

    /// <summary>Reads one column of one row group: <see cref="FixedValues{T}"/> or <see cref="Utf8Values"/>.</summary>
    public ColumnValues ReadColumn(int rowGroup, int column)
    {
        var group = _footer.RowGroups[rowGroup];
        var schema = Schema[column];
        try
        {
            return _chunks.Read(schema, group.Columns[column], (int)group.RowCount);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            var message = $"Row group {rowGroup}, column {schema.Name}: {e.Message}.";
            throw e is InvalidDataException
                ? new InvalidDataException(message, e)
                : new NotSupportedException(message, e);
        }
    }

    /// <summary>Reads all columns of one row group.</summary>
    public ParquetTable ReadRowGroup(int rowGroup)
    {
        var columns = new ColumnValues[Schema.Count];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = ReadColumn(rowGroup, i);
        return new ParquetTable(columns, RowGroups[rowGroup].RowCount);
    }

    public void Dispose()
    {
        _chunks.Dispose();
        if (!_leaveOpen)
            _stream.Dispose();
    }

    FileFooter ReadFooter()
    {
        var magic = "PAR1"u8;
        var length = _stream.Length;
        Span<byte> tail = stackalloc byte[TailLength];
        if (length < magic.Length + TailLength)
            throw new InvalidDataException($"A file of {length} bytes is no Parquet file.");
        _stream.Position = 0;
        _stream.ReadExactly(tail[..4]);
        var isParquet = tail[..4].SequenceEqual(magic);
        _stream.Position = length - TailLength;
        _stream.ReadExactly(tail);
        if (tail[4..].SequenceEqual("PARE"u8))
            throw new NotSupportedException("The Parquet file is encrypted.");
        if (!isParquet || !tail[4..].SequenceEqual(magic))
            throw new InvalidDataException("The file does not begin and end with PAR1: no Parquet, or unfinished.");
        var size = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (size <= 0 || size > length - TailLength - magic.Length || size > _options.MaxFooterBytes)
            throw new InvalidDataException($"The Parquet footer claims {size} bytes in a file of {length}.");
        var bytes = new byte[size];
        _stream.Position = length - TailLength - size;
        _stream.ReadExactly(bytes);
        return FooterReader.Read(bytes);
    }

    ParquetRowGroup Describe(RowGroupRecord group, int ordinal)
    {
        if (group.RowCount > _options.MaxRowGroupRows)
        {
            throw new InvalidDataException(
                $"Row group {ordinal} claims {group.RowCount} rows; {_options.MaxRowGroupRows} are allowed.");
        }

        var columns = group.Columns.Select((chunk, i) => Describe(chunk, Schema[i].Kind));
        return new ParquetRowGroup((int)group.RowCount, [.. columns]);
    }

    static ParquetColumnChunk Describe(ColumnChunkRecord chunk, ColumnKind kind)
    {
        var statistics = chunk.Statistics;
        return new ParquetColumnChunk(
            chunk.CompressedBytes,
            chunk.UncompressedBytes,
            statistics.NullCount,
            Bound(kind, statistics.Min),
            Bound(kind, statistics.Max))
        {
            IsMinExact = statistics.IsMinExact,
            IsMaxExact = statistics.IsMaxExact,
        };
    }

    static object? Bound(ColumnKind kind, byte[]? value) => (kind, value?.Length) switch
    {
        (_, null) => null,
        (ColumnKind.Utf8, _) => Encoding.UTF8.GetString(value!),
        (ColumnKind.Boolean, 1) => value![0] != 0,
        (ColumnKind.Int32, 4) => BinaryPrimitives.ReadInt32LittleEndian(value),
        (ColumnKind.Int64 or ColumnKind.TimestampMicros, 8) => BinaryPrimitives.ReadInt64LittleEndian(value),
        (ColumnKind.Double, 8) => BinaryPrimitives.ReadDoubleLittleEndian(value),
        _ => throw new InvalidDataException($"A bound of a {kind} column has {value!.Length} bytes."),
    };
}
