using Ticklake.Columnar.Compression;

namespace Ticklake.Stores.Csv;

/// <summary>The content of a file of zstd frames that state their lengths, as blocks of CSV are. One thread.</summary>
sealed class ZstdFrames(Stream file) : ForwardStream
{
    // A block is a megabyte and one line; nothing else has to fit.
    const int LargestFrame = 1 << 27;

    /// <summary>What a frame begins with.</summary>
    public static byte[] Magic { get; } = [0x28, 0xb5, 0x2f, 0xfd];

    readonly ZstdDecompressor _zstd = new();
    byte[] _packed = new byte[1 << 16];
    byte[] _content = [];
    int _packedLength;
    int _at;
    int _length;

    public override int Read(Span<byte> buffer)
    {
        while (_at == _length)
        {
            if (!NextFrame())
                return 0;
        }

        var count = Math.Min(buffer.Length, _length - _at);
        _content.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _zstd.Dispose();
        base.Dispose(disposing);
    }

    bool NextFrame()
    {
        int packed;
        long content;
        while (!ZstdDecompressor.TryReadFrameSize(_packed.AsSpan(0, _packedLength), out packed, out content))
        {
            if (Fill())
                continue;
            if (_packedLength == 0)
                return false;
            throw _packed.AsSpan(0, _packedLength).StartsWith(Magic)
                ? new InvalidDataException("the file ends within a zstd frame, or one does not state its length")
                : new InvalidDataException("what follows is no zstd frame");
        }

        if (content > LargestFrame)
            throw new NotSupportedException($"A zstd frame claims {content} bytes; up to {LargestFrame} are read.");
        if (_content.Length < content)
            _content = new byte[content];
        _length = _zstd.Decompress(_packed.AsSpan(0, packed), _content.AsSpan(0, (int)content));
        _at = 0;
        _packedLength -= packed;
        _packed.AsSpan(packed, _packedLength).CopyTo(_packed);
        return true;
    }

    bool Fill()
    {
        if (_packedLength == _packed.Length)
        {
            if (_packed.Length >= LargestFrame)
                throw new NotSupportedException($"A zstd frame takes more than {LargestFrame} bytes.");
            Array.Resize(ref _packed, _packed.Length * 2);
        }

        var count = file.Read(_packed, _packedLength, _packed.Length - _packedLength);
        _packedLength += count;
        return count > 0;
    }
}
