using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Reading;

/// <summary>Which rows of a chunk are wanted, and where its pages lie if the file says so.</summary>
readonly record struct ChunkRows(RowRanges Wanted, PagePlace[]? Places);

/// <summary>Reads one column chunk after another.</summary>
sealed class ChunkReader(Stream stream, ParquetReaderOptions options) : IDisposable
{
    readonly PageInflater _inflater = new(options);
    readonly ChunkPages _pages = new(stream, options);
    readonly ReadScratch _scratch = new();

    /// <summary>Reads all rows.</summary>
    /// <param name="stored">The column.</param>
    /// <param name="chunk">Its chunk.</param>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="spent">Values whose memory may be taken.</param>
    public ColumnValues Read(StoredColumn stored, ColumnChunkRecord chunk, int rows, ColumnValues? spent)
    {
        PageInflater.RequireCodec(chunk.Codec);
        _pages.Load(chunk, rows);
        return Decode(stored, chunk.Codec, spent);
    }

    /// <summary>Reads the pages that have wanted rows, and gives these rows.</summary>
    public ColumnValues Read(StoredColumn stored, ColumnChunkRecord chunk, int rows, in ChunkRows some)
    {
        PageInflater.RequireCodec(chunk.Codec);
        if (some.Places is { } places)
        {
            _pages.Load(chunk, places, some.Wanted);
        }
        else
        {
            _pages.Load(chunk, rows);
            _pages.Keep(some.Wanted);
        }

        return Decode(stored, chunk.Codec, null).Take(_pages.PlacesOf(some.Wanted));
    }

    public void Dispose() => _inflater.Dispose();

    ColumnValues Decode(StoredColumn stored, PageCodec codec, ColumnValues? spent)
    {
        var values = ValuesOf(stored, spent);
        var first = 0;
        foreach (var page in _pages.Pages)
        {
            var body = _pages.BodyOf(page);
            if (page.IsDictionary)
            {
                if (page.Header.Encoding is not (PageEncoding.Plain or PageEncoding.PlainDictionary))
                    throw new NotSupportedException($"a dictionary is encoded as {page.Header.Encoding}");
                values.ReadDictionary(_inflater.Inflate(codec, body, page.Header.UncompressedSize), page.Header.Values);
                continue;
            }

            ReadData(values, page.Header, body, codec, first);
            first += page.Header.Values;
        }

        return StoredForms.ToColumn(stored, values.Finish());
    }

    PageValues ValuesOf(StoredColumn stored, ColumnValues? spent)
    {
        var (column, rows) = (stored.Column, _pages.RowCount);
        PageValues values = stored.Type switch
        {
            PhysicalType.Boolean => new BooleanPageValues(column, rows),
            PhysicalType.Int32 => new NumberPageValues<int>(column, rows, spent),
            PhysicalType.Float => new NumberPageValues<float>(column, rows),
            PhysicalType.Double => new NumberPageValues<double>(column, rows, spent),
            PhysicalType.FixedLengthByteArray => new DecimalPageValues(column, rows),
            PhysicalType.ByteArray => new TextPageValues(column, rows, options.MaxTextBytes),
            _ => new NumberPageValues<long>(column, rows, spent),
        };
        values.Scratch = _scratch;
        return values;
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
        var levels = _scratch.Levels(count);
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
