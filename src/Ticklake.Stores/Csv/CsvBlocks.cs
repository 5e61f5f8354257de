using Ticklake.Columnar.Compression;

namespace Ticklake.Stores.Csv;

/// <summary>
/// The memory that rows become text and compressed text in, shared by all open files: a block is whole lines, and is
/// compressed by itself (a member of a gzip file, a frame of a zstd file). Store thread only.
/// </summary>
sealed class CsvBlocks : IDisposable
{
    /// <summary>A block ends with the line that reaches this size.</summary>
    public const int Bytes = 1 << 20;

    // Blocks differ by the line that ends them.
    const int Spare = 1 << 14;

    readonly CsvCompression _compression;
    readonly ZstdCompressor? _zstd;
    readonly List<CsvCells> _columns = [];
    readonly MemoryStream _deflated = new();
    byte[] _packed = [];

    public CsvBlocks(CsvCompression compression, int zstdLevel)
    {
        _compression = compression;
        _zstd = compression == CsvCompression.Zstd ? new ZstdCompressor(zstdLevel, checksum: true) : null;
    }

    public CsvText Text { get; } = new();

    /// <summary>As many columns as a table has.</summary>
    public IReadOnlyList<CsvCells> Columns(int count)
    {
        while (_columns.Count < count)
            _columns.Add(new CsvCells());
        return _columns;
    }

    /// <summary>Writes the text as a block and clears it; nothing if there is none. Returns the bytes written.</summary>
    public long WriteBlock(Stream output)
    {
        if (Text.Length == 0)
            return 0;
        var before = output.Position;
        switch (_compression)
        {
            case CsvCompression.Gzip:
                GzipBlock.Write(Text.Written, output, _deflated);
                break;
            case CsvCompression.Zstd:
                var bound = Zstd.CompressBound(Text.Length);
                if (_packed.Length < bound)
                    _packed = new byte[bound + Spare];
                output.Write(_packed.AsSpan(0, _zstd!.Compress(Text.Written, _packed)));
                break;
            default:
                output.Write(Text.Written);
                break;
        }

        Text.Clear();
        return output.Position - before;
    }

    public void Dispose()
    {
        _deflated.Dispose();
        _zstd?.Dispose();
    }
}
