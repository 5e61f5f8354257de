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
public sealed class ParquetReader : TableReader
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
        GroupRows = [.. RowGroups.Select(group => group.RowCount)];
        _chunks = new ChunkReader(stream, _options);
    }

    public override IReadOnlyList<ColumnSchema> Schema => _footer.Schema;

    public override IReadOnlyList<KeyValuePair<string, string>> Metadata => _footer.Metadata;

    public string CreatedBy => _footer.CreatedBy;

    public override long RowCount => _footer.RowCount;

    public override IReadOnlyList<int> GroupRows { get; }

    public IReadOnlyList<ParquetRowGroup> RowGroups { get; }

    public static ParquetReader Open(string path) => Open(path, stream => new ParquetReader(stream));

    public override ColumnValues ReadColumn(int group, int column)
    {
        var record = _footer.RowGroups[group];
        var schema = Schema[column];
        try
        {
            return _chunks.Read(schema, record.Columns[column], (int)record.RowCount);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            var message = $"Row group {group}, column {schema.Name}: {e.Message}.";
            throw e is InvalidDataException
                ? new InvalidDataException(message, e)
                : new NotSupportedException(message, e);
        }
    }

    public override (object Min, object Max)? BoundsOf(int group, int column) =>
        RowGroups[group].Columns[column] is { Min: { } min, Max: { } max, IsMinExact: true, IsMaxExact: true }
            ? (min, max)
            : null;

    public override void Dispose()
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
        (ColumnKind.Decimal, ColumnTypes.DecimalBytes) => BinaryPrimitives.ReadInt128BigEndian(value),
        _ => throw new InvalidDataException($"A bound of a {kind} column has {value!.Length} bytes."),
    };
}
