namespace Ticklake.Columnar.Compression;

/// <summary>Decompresses whole zstd frames with a reused context. One thread at a time.</summary>
public sealed class ZstdDecompressor : IDisposable
{
    IntPtr _context = Zstd.ZSTD_createDCtx();

    /// <summary>Decompresses exactly the frames in <paramref name="source"/>; the number of bytes written.</summary>
    /// <exception cref="InvalidDataException">The bytes are no intact zstd frame, or do not fit.</exception>
    public unsafe int Decompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_context == IntPtr.Zero, this);
        fixed (byte* from = source, to = destination)
        {
            return Zstd.Check(
                Zstd.ZSTD_decompressDCtx(_context, to, (nuint)destination.Length, from, (nuint)source.Length));
        }
    }

    /// <summary>
    /// The compressed length and content length of the frame that begins <paramref name="source"/>; false where it is cut
    /// short or no frame, or where the frame does not state its content length.
    /// </summary>
    public static unsafe bool TryReadFrameSize(ReadOnlySpan<byte> source, out int compressed, out long content)
    {
        compressed = 0;
        content = 0;
        fixed (byte* from = source)
        {
            var size = Zstd.ZSTD_findFrameCompressedSize(from, (nuint)source.Length);
            if (size == 0 || size > (nuint)source.Length)
                return false;
            var length = Zstd.ZSTD_getFrameContentSize(from, (nuint)source.Length);
            if (length > long.MaxValue)
                return false;
            compressed = (int)size;
            content = (long)length;
            return true;
        }
    }

    public void Dispose()
    {
        if (_context != IntPtr.Zero)
            _ = Zstd.ZSTD_freeDCtx(_context);
        _context = IntPtr.Zero;
    }
}
