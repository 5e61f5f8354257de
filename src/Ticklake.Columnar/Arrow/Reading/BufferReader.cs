using System.Buffers.Binary;
using Ticklake.Columnar.Arrow.Messages;
using Ticklake.Columnar.Compression;

namespace Ticklake.Columnar.Arrow.Reading;

/// <summary>Reads and decompresses buffers of batches, with memory that is kept from one to the next.</summary>
sealed class BufferReader(Stream stream, ArrowReaderOptions options) : IDisposable
{
    const int LengthPrefix = 8;
    const long Uncompressed = -1;

    ZstdDecompressor? _zstd;
    byte[] _stored = [];
    byte[] _inflated = [];

    /// <summary>The content of a buffer, at least <paramref name="size"/> bytes; valid until the next call.</summary>
    public ReadOnlySpan<byte> Read(BatchHeader batch, int buffer, long size)
    {
        var place = batch.Buffers[buffer];
        if (place.Length > options.MaxBufferBytes)
            throw new InvalidDataException($"a buffer claims {place.Length} bytes");
        if (!batch.IsCompressed || place.Length == 0)
            return AtLeast(size, Load(batch.Block.BodyOffset + place.Offset, (int)place.Length));
        if (place.Length < LengthPrefix)
            throw new InvalidDataException("a compressed buffer is shorter than its length");
        var stored = Load(batch.Block.BodyOffset + place.Offset, (int)place.Length);
        var length = BinaryPrimitives.ReadInt64LittleEndian(stored);
        return AtLeast(
            size, length == Uncompressed ? stored[LengthPrefix..] : Inflate(stored[LengthPrefix..], length, size));
    }

    public void Dispose() => _zstd?.Dispose();

    static ReadOnlySpan<byte> AtLeast(long size, ReadOnlySpan<byte> content) => content.Length >= size
        ? content
        : throw new InvalidDataException($"a buffer has {content.Length} bytes; its rows need {size}");

    ReadOnlySpan<byte> Load(long position, int length)
    {
        if (_stored.Length < length)
            _stored = new byte[length];
        var target = _stored.AsSpan(0, length);
        stream.Position = position;
        stream.ReadExactly(target);
        return target;
    }

    ReadOnlySpan<byte> Inflate(ReadOnlySpan<byte> frame, long length, long size)
    {
        if (!Zstd.IsAvailable)
            throw new NotSupportedException(Zstd.MissingMessage);
        if (length < 0 || length > options.MaxBufferBytes || length < size)
            throw new InvalidDataException($"a buffer claims {length} bytes; its rows need {size}");
        // Where the frame states its length, a buffer that lies is refused before memory is taken for it.
        if (ZstdDecompressor.TryReadFrameSize(frame, out var whole, out var content)
            && whole == frame.Length && content != length)
            throw new InvalidDataException($"a buffer claims {length} bytes and holds {content}");
        if (_inflated.Length < length)
            _inflated = new byte[length];
        var target = _inflated.AsSpan(0, (int)length);
        var written = (_zstd ??= new ZstdDecompressor()).Decompress(frame, target);
        return written == length
            ? target
            : throw new InvalidDataException($"a buffer claims {length} bytes and holds {written}");
    }
}
