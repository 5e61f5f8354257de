using Ticklake.Columnar.Parquet.Footer;
using Ticklake.Columnar.Parquet.Thrift;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>
/// Compresses the pages of one column chunk after another, puts header and checksum before each, writes them out and
/// keeps
/// account of them for the footer and the page index.
/// </summary>
sealed class PageSink(ParquetWriterOptions options) : IDisposable
{
    readonly PageCompressor _compressor = new(options);
    readonly CompactWriter _header = new(new ByteBuffer());
    readonly PageIndexBuilder _index = new();
    // Pages of a chunk resemble each other: after one that hardly shrank some are stored untried, each time twice as
    // many.
    int _skipLength;
    int _skipLeft;
    ColumnChunkRecord _chunk = new() { Type = PhysicalType.Int32, Codec = PageCodec.Uncompressed };

    /// <summary>The file that pages go to; changes between row groups only.</summary>
    public FileOutput Output { get; set; } = new(Stream.Null);

    public PageIndexBuilder Index => _index;

    /// <summary>Begins a chunk; <paramref name="isTiny"/> says that compressing it cannot pay.</summary>
    public void BeginChunk(ColumnKind kind, PageEncoding encoding, bool isTiny)
    {
        _index.Clear();
        _skipLength = 0;
        _skipLeft = 0;
        _chunk = new ColumnChunkRecord
        {
            Type = ColumnTypes.PhysicalOf(kind),
            Codec = isTiny ? PageCodec.Uncompressed : _compressor.Codec,
            DataEncoding = encoding,
        };
    }

    public ColumnChunkRecord EndChunk(ColumnKind kind)
    {
        _chunk.Statistics = _index.Summarise(kind);
        return _chunk;
    }

    /// <summary>Bytes that these would take in a page, which is not written.</summary>
    public int Measure(ReadOnlySpan<byte> body) => _compressor.Codec == PageCodec.Uncompressed || body.IsEmpty
        ? body.Length
        : Math.Min(body.Length, _compressor.Compress(body).Length);

    public void WriteDictionaryPage(ReadOnlySpan<byte> body, int entries)
    {
        _chunk.DictionaryPageOffset = Output.Position;
        // A dictionary page has no flag that it was left as it is, so the chunk's codec applies whether it pays or not.
        var stored = _chunk.Codec == PageCodec.Uncompressed ? body : _compressor.Compress(body);
        BeginHeader(PageType.Dictionary, body.Length, stored.Length, PageChecksum.Compute(stored));
        _header.BeginStruct(7);
        _header.Int32(1, entries);
        _header.Int32(2, (int)PageEncoding.Plain);
        _header.Bool(3, false);
        _header.EndStruct();
        EndPage(body.Length, [], stored);
    }

    public void WriteDataPage(
        in DataPage page, ReadOnlySpan<byte> levels, ReadOnlySpan<byte> body, in PageBounds bounds)
    {
        var isCompressed = TryCompress(body, out var stored);
        var offset = Output.Position;
        if (_chunk.DataPages++ == 0)
            _chunk.DataPageOffset = offset;
        _chunk.ValueCount += page.Rows;
        var crc = PageChecksum.Append(PageChecksum.Compute(levels), stored);
        BeginHeader(PageType.DataV2, levels.Length + body.Length, levels.Length + stored.Length, crc);
        _header.BeginStruct(8);
        _header.Int32(1, page.Rows);
        _header.Int32(2, page.Nulls);
        _header.Int32(3, page.Rows);
        _header.Int32(4, (int)page.Encoding);
        _header.Int32(5, levels.Length);
        _header.Int32(6, 0);
        _header.Bool(7, isCompressed);
        _header.EndStruct();
        EndPage(levels.Length + body.Length, levels, stored);
        _index.Add(page, bounds, offset, (int)(Output.Position - offset));
    }

    public void Dispose() => _compressor.Dispose();

    bool TryCompress(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> stored)
    {
        const int LongestSkip = 15;
        const int LeastSavedPercent = 6;
        stored = body;
        if (_chunk.Codec == PageCodec.Uncompressed || body.IsEmpty || _skipLeft-- > 0)
            return false;
        var compressed = _compressor.Compress(body);
        var pays = compressed.Length < (long)body.Length * (100 - LeastSavedPercent) / 100;
        _skipLength = pays ? 0 : Math.Min(LongestSkip, (_skipLength * 2) + 1);
        _skipLeft = _skipLength;
        if (pays)
            stored = compressed;
        return pays;
    }

    void BeginHeader(PageType type, int uncompressed, int compressed, uint crc)
    {
        _header.Output.Clear();
        _header.BeginStruct();
        _header.Int32(1, (int)type);
        _header.Int32(2, uncompressed);
        _header.Int32(3, compressed);
        _header.Int32(4, (int)crc);
    }

    void EndPage(int uncompressed, ReadOnlySpan<byte> levels, ReadOnlySpan<byte> stored)
    {
        _header.EndStruct();
        var start = Output.Position;
        Output.Write(_header.Output.Written);
        _chunk.UncompressedBytes += _header.Output.Length + uncompressed;
        if (!levels.IsEmpty)
            Output.Write(levels);
        Output.Write(stored);
        _chunk.CompressedBytes += Output.Position - start;
    }
}
