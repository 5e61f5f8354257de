using System.IO.Compression;
using Ticklake.Columnar.Compression;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Reading;

/// <summary>Decompresses page bodies into one reused buffer.</summary>
sealed class PageInflater(ParquetReaderOptions options) : IDisposable
{
    ZstdDecompressor? _zstd;
    byte[] _buffer = [];

    public static void RequireCodec(PageCodec codec)
    {
        if (codec is not (PageCodec.Uncompressed or PageCodec.Gzip or PageCodec.Zstd or PageCodec.Snappy))
            throw new NotSupportedException($"pages compressed with {codec} are not read");
        if (codec == PageCodec.Zstd && !Zstd.IsAvailable)
            throw new NotSupportedException(Zstd.MissingMessage);
    }

    /// <summary>The body's <paramref name="size"/> bytes, valid until the next call.</summary>
    public ReadOnlySpan<byte> Inflate(PageCodec codec, ReadOnlySpan<byte> body, int size)
    {
        if (codec == PageCodec.Uncompressed)
            return body;
        if (size > options.MaxPageBytes)
            throw new InvalidDataException($"a page claims {size} bytes");
        if (size == 0)
            return [];
        RequireSize(codec, body, size);
        if (_buffer.Length < size)
            _buffer = GC.AllocateUninitializedArray<byte>(size);
        var target = _buffer.AsSpan(0, size);
        var length = size;
        if (codec == PageCodec.Zstd)
            length = (_zstd ??= new ZstdDecompressor()).Decompress(body, target);
        else if (codec == PageCodec.Snappy)
            Snappy.Decompress(body, target);
        else
            length = Gunzip(body, target);
        return length == size
            ? target
            : throw new InvalidDataException($"a page claims {size} bytes and holds {length}");
    }

    public void Dispose() => _zstd?.Dispose();

    // A page that lies is refused before memory is taken for it: by the length its compressed bytes state, or because so
    // few bytes cannot hold so many. Deflate reaches 1032 : 1, zstd a block of 128 KiB out of four bytes.
    static void RequireSize(PageCodec codec, ReadOnlySpan<byte> body, int size)
    {
        const int DeflateLimit = 1040, ZstdLimit = 1 << 15;
        var most = (long)body.Length * (codec == PageCodec.Gzip ? DeflateLimit : ZstdLimit);
        if (codec == PageCodec.Zstd && ZstdDecompressor.TryReadFrameSize(body, out var whole, out var content)
            && whole == body.Length && content != size)
            throw new InvalidDataException($"a page claims {size} bytes and holds {content}");
        if (codec == PageCodec.Snappy ? !Snappy.TryReadLength(body, out var length) || length != size : size > most)
            throw new InvalidDataException($"a page claims {size} bytes, which its {body.Length} cannot hold");
    }

    static unsafe int Gunzip(ReadOnlySpan<byte> body, Span<byte> target)
    {
        fixed (byte* pointer = body)
        {
            using var stream = new UnmanagedMemoryStream(pointer, body.Length);
            using var gzip = new GZipStream(stream, CompressionMode.Decompress);
            var length = gzip.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
            return length == target.Length && gzip.ReadByte() >= 0 ? length + 1 : length;
        }
    }
}
