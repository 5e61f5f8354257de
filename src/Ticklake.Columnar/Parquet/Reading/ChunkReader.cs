using Ticklake.Columnar.Parquet.Chunks;
using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Reading;

/// <summary>
/// Reads one column chunk after another. The headers of all pages are walked before anything is decoded, so that memory
/// for
/// the rows is only taken where the pages account for them.
/// </summary>
sealed class ChunkReader(Stream stream, ParquetReaderOptions options) : IDisposable
{
    readonly PageInflater _inflater = new(options);
    byte[] _chunk = [];
    int[] _levels = [];

    public ColumnValues Read(ColumnSchema column, ColumnChunkRecord chunk, int rows)
    {
        var bytes = Load(chunk);
        PageInflater.RequireCodec(chunk.Codec);
        CheckPages(bytes, chunk, rows);
        PageValues values = column.Kind switch
        {
            ColumnKind.Boolean => new BooleanPageValues(column, rows),
            ColumnKind.Int32 => new NumberPageValues<int>(column, rows),
            ColumnKind.Double => new NumberPageValues<double>(column, rows),
            ColumnKind.Decimal => new DecimalPageValues(column, rows),
            ColumnKind.Utf8 => new TextPageValues(column, rows, options.MaxTextBytes),
            _ => new NumberPageValues<long>(column, rows),
        };
        var hasDictionary = false;
        for (var first = 0; first < rows;)
        {
            var header = NextPage(ref bytes, out var body);
            if (header.Type == PageType.Dictionary)
            {
                if (hasDictionary)
                    throw new InvalidDataException("there are two dictionary pages");
                hasDictionary = true;
                if (header.Encoding is not (PageEncoding.Plain or PageEncoding.PlainDictionary))
                    throw new NotSupportedException($"a dictionary is encoded as {header.Encoding}");
                values.ReadDictionary(_inflater.Inflate(chunk.Codec, body, header.UncompressedSize), header.Values);
            }
            else if (header.Type is PageType.Data or PageType.DataV2)
            {
                ReadData(values, header, body, chunk.Codec, first);
                first += header.Values;
            }
        }

        return values.Finish();
    }

    public void Dispose() => _inflater.Dispose();

    ReadOnlySpan<byte> Load(ColumnChunkRecord chunk)
    {
        var start = chunk.FirstOffset;
        var size = chunk.CompressedBytes;
        if (start < 4 || size < 0 || size > stream.Length || start > stream.Length - size)
            throw new InvalidDataException($"it claims {size} bytes at {start} in a file of {stream.Length}");
        if (size > Array.MaxLength)
            throw new NotSupportedException($"its {size} bytes are too many for one chunk");
        if (_chunk.Length < size)
            _chunk = new byte[size];
        var bytes = _chunk.AsSpan(0, (int)size);
        stream.Position = start;
        stream.ReadExactly(bytes);
        return bytes;
    }

    // Headers are under no checksum, so they are held against each other and against the footer.
    void CheckPages(ReadOnlySpan<byte> bytes, ColumnChunkRecord chunk, int rows)
    {
        var counts = new List<PageCount>();
        var seen = 0L;
        bool? hasChecksums = null;
        while (seen < rows)
        {
            var header = NextPage(ref bytes, out var body);
            // A header is under no checksum itself: one that lost its page's is as damaged as a page that does not match.
            if ((hasChecksums ??= header.Crc is not null) != header.Crc is not null)
                throw new InvalidDataException("only some of its pages have checksums");
            if (header.UncompressedSize > options.MaxPageBytes)
                throw new InvalidDataException($"a page claims {header.UncompressedSize} bytes");
            if (header.Crc is { } crc && crc != PageChecksum.Compute(body))
                throw new InvalidDataException("a page does not match its checksum");
            if (chunk.Codec == PageCodec.Uncompressed && header.CompressedSize != header.UncompressedSize)
                throw new InvalidDataException("an uncompressed page has two sizes");
            Count(counts, header);
            if (header.Type is PageType.Data or PageType.DataV2)
                seen += header.Values;
        }

        if (seen != rows)
            throw new InvalidDataException($"its pages have {seen} values where the row group has {rows}");
        if (!bytes.IsEmpty)
            throw new InvalidDataException($"{bytes.Length} bytes lie behind its last page");
        if (chunk.PageCounts.Count > 0 && !counts.ToHashSet().SetEquals(chunk.PageCounts))
            throw new InvalidDataException("its pages are of other types and encodings than the footer says");
    }

    static void Count(List<PageCount> counts, in PageHeader header)
    {
        var (type, encoding) = (header.Type, header.Encoding);
        var at = counts.FindIndex(x => x.Type == type && x.Encoding == encoding);
        if (at < 0)
            counts.Add(new PageCount(type, encoding, 1));
        else
            counts[at] = counts[at] with { Count = counts[at].Count + 1 };
    }

    static PageHeader NextPage(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> body)
    {
        if (bytes.IsEmpty)
            throw new InvalidDataException("it has fewer pages than rows need");
        var header = PageHeader.Read(bytes, out var length);
        bytes = bytes[length..];
        if (header.CompressedSize > bytes.Length)
            throw new InvalidDataException($"a page claims {header.CompressedSize} bytes; {bytes.Length} are left");
        body = bytes[..header.CompressedSize];
        bytes = bytes[header.CompressedSize..];
        return header;
    }

    void ReadData(PageValues values, in PageHeader header, ReadOnlySpan<byte> body, PageCodec codec, int first)
    {
        ReadOnlySpan<byte> levels = [];
        var isNullable = values.Column.IsNullable;
        if (header.Type == PageType.DataV2)
        {
            if (header.LevelBytes > Math.Min(body.Length, header.UncompressedSize))
                throw new InvalidDataException("levels reach beyond the end of their page");
            levels = body[..header.LevelBytes];
            body = body[header.LevelBytes..];
            var size = header.UncompressedSize - header.LevelBytes;
            if (!header.IsStored)
                body = _inflater.Inflate(codec, body, size);
            else if (body.Length != size)
                throw new InvalidDataException($"a stored page claims {size} bytes and has {body.Length}");
            if (!isNullable && header.LevelBytes > 0)
                throw new InvalidDataException("a page of a column without nulls has levels");
        }
        else
        {
            body = _inflater.Inflate(codec, body, header.UncompressedSize);
            if (isNullable)
            {
                if (header.LevelEncoding != PageEncoding.Rle)
                    throw new NotSupportedException($"levels are encoded as {header.LevelEncoding}");
                var reader = new ByteReader(body);
                levels = reader.ReadPrefixed();
                body = reader.Rest;
            }
        }

        var nulls = isNullable ? ReadLevels(values, levels, first, header.Values) : 0;
        if (header.Nulls >= 0 && header.Nulls != nulls)
            throw new InvalidDataException($"a page claims {header.Nulls} nulls and has {nulls}");
        values.ReadPage(header.Encoding, body, first, header.Values, nulls);
    }

    int ReadLevels(PageValues values, ReadOnlySpan<byte> bytes, int first, int count)
    {
        if (_levels.Length < count)
            _levels = new int[count];
        var levels = _levels.AsSpan(0, count);
        if (RunDecoder.Read(bytes, 1, levels) != bytes.Length)
            throw new InvalidDataException("a page has more levels than values");
        var nulls = levels.Count(0);
        if (levels.IndexOfAnyExcept(0, 1) >= 0)
            throw new InvalidDataException("a definition level is neither 0 nor 1");
        if (nulls > 0)
            values.MarkNulls(levels, first);
        return nulls;
    }
}
