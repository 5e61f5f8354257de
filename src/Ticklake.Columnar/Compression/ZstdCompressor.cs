namespace Ticklake.Columnar.Compression;

/// <summary>Compresses whole blocks into one zstd frame each, with a reused context. One thread at a time.</summary>
public sealed class ZstdCompressor : IDisposable
{
    // ZSTD_cParameter values of zstd.h, stable since 1.4.0.
    const int CompressionLevel = 100;
    const int ChecksumFlag = 201;

    readonly ZstdContext _context;

    /// <param name="level">1 (fast) to 19 (small).</param>
    /// <param name="checksum">End each frame with a checksum of its content.</param>
    public ZstdCompressor(int level, bool checksum = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 19);
        _context = Zstd.ZSTD_createCCtx();
        Zstd.Check(Zstd.ZSTD_CCtx_setParameter(_context, CompressionLevel, level));
        Zstd.Check(Zstd.ZSTD_CCtx_setParameter(_context, ChecksumFlag, checksum ? 1 : 0));
    }

    /// <summary>Writes one frame to <paramref name="destination"/> (at least <see cref="Zstd.CompressBound"/>); its length.</summary>
    public unsafe int Compress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        fixed (byte* from = source, to = destination)
        {
            return Zstd.Check(
                Zstd.ZSTD_compress2(_context, to, (nuint)destination.Length, from, (nuint)source.Length));
        }
    }

    public void Dispose() => _context.Dispose();
}
