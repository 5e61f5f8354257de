using System.IO.Compression;
using Ticklake.Columnar.Compression;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>Compresses page bodies with one reused context and buffer.</summary>
sealed class PageCompressor : IDisposable
{
    readonly ZstdCompressor? _zstd;
    readonly CompressionLevel _gzipLevel;
    readonly MemoryStream _gzipped = new();
    byte[] _buffer = [];

    public PageCompressor(ParquetWriterOptions options)
    {
        Codec = options.Compression switch
        {
            ParquetCompression.Zstd => PageCodec.Zstd,
            ParquetCompression.Gzip => PageCodec.Gzip,
            _ => PageCodec.Uncompressed,
        };
        _gzipLevel = options.CompressionLevel <= 3 ? CompressionLevel.Fastest : CompressionLevel.Optimal;
        if (Codec == PageCodec.Zstd)
        {
            if (!Zstd.IsAvailable)
                throw new NotSupportedException(Zstd.MissingMessage);
            _zstd = new ZstdCompressor(options.CompressionLevel);
        }
    }

    public PageCodec Codec { get; }

    /// <summary>The compressed form of <paramref name="body"/>, valid until the next call.</summary>
    public ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> body) => _zstd is null ? Gzip(body) : CompressZstd(body);

    public void Dispose()
    {
        _zstd?.Dispose();
        _gzipped.Dispose();
    }

    ReadOnlySpan<byte> CompressZstd(ReadOnlySpan<byte> body)
    {
        var bound = Zstd.CompressBound(body.Length);
        if (_buffer.Length < bound)
            _buffer = new byte[bound];
        return _buffer.AsSpan(0, _zstd!.Compress(body, _buffer));
    }

    ReadOnlySpan<byte> Gzip(ReadOnlySpan<byte> body)
    {
        _gzipped.SetLength(0);
        using (var gzip = new GZipStream(_gzipped, _gzipLevel, leaveOpen: true))
            gzip.Write(body);
        return _gzipped.GetBuffer().AsSpan(0, (int)_gzipped.Length);
    }
}
