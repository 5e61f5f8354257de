using System.Buffers.Binary;
using Ticklake.Columnar.Arrow.Messages;
using Ticklake.Columnar.Compression;

namespace Ticklake.Columnar.Arrow.Batches;

/// <summary>
/// The body of one batch as it is built: its buffers, each compressed on its own, and what the header says of them.
/// </summary>
sealed class BatchBody : IDisposable
{
    /// <summary>Where buffers begin; what the columnar format recommends ("Buffer alignment and padding").</summary>
    public const int Alignment = 64;

    const int LengthPrefix = 8;
    const long Uncompressed = -1;

    static readonly byte[] Padding = new byte[Alignment];

    readonly ByteBuffer _bytes = new(1 << 16);
    readonly List<ColumnNode> _nodes = [];
    readonly List<BufferPlace> _buffers = [];
    readonly ZstdCompressor? _zstd;

    public BatchBody(ArrowWriterOptions options)
    {
        if (options.Compression == ArrowCompression.None)
            return;
        if (!Zstd.IsAvailable)
            throw new NotSupportedException(Zstd.MissingMessage);
        // The format knows no checksums, but zstd does: a flipped bit is found by whoever decompresses the buffer.
        _zstd = new ZstdCompressor(options.CompressionLevel, checksum: true);
    }

    public static ReadOnlySpan<byte> Zeros => Padding;

    public bool IsCompressed => _zstd is not null;

    public ReadOnlySpan<byte> Bytes => _bytes.Written;

    public IReadOnlyList<ColumnNode> Nodes => _nodes;

    public IReadOnlyList<BufferPlace> Buffers => _buffers;

    public void Clear()
    {
        _bytes.Clear();
        _nodes.Clear();
        _buffers.Clear();
    }

    public void AddNode(int rows, int nulls) => _nodes.Add(new ColumnNode(rows, nulls));

    /// <summary>Appends a buffer. An empty one stays empty, as the format wants it also where others are compressed.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="isWide">
    /// Values of 16 bytes: compressed even where that does not pay, since one stored behind its 8-byte length is not aligned
    /// to 16, which Polars insists on.
    /// </param>
    public void AddBuffer(ReadOnlySpan<byte> content, bool isWide = false)
    {
        var offset = _bytes.Length;
        if (_zstd is null)
            _bytes.Write(content);
        else if (!content.IsEmpty)
            Compress(content, isWide);
        _buffers.Add(new BufferPlace(offset, _bytes.Length - offset));
        _bytes.Write(Zeros[..(-_bytes.Length & (Alignment - 1))]);
    }

    public void Dispose() => _zstd?.Dispose();

    void Compress(ReadOnlySpan<byte> content, bool isWide)
    {
        var target = _bytes.GetSpan(LengthPrefix + Zstd.CompressBound(content.Length));
        var length = _zstd!.Compress(content, target[LengthPrefix..]);
        var pays = isWide || length < content.Length;
        BinaryPrimitives.WriteInt64LittleEndian(target, pays ? content.Length : Uncompressed);
        if (!pays)
        {
            content.CopyTo(target[LengthPrefix..]);
            length = content.Length;
        }

        _bytes.Advance(LengthPrefix + length);
    }
}
