namespace Ticklake.Columnar.Compression;

/// <summary>Measures zstd frames, also those that do not state their content's length (made by a pipe).</summary>
public static class ZstdFrame
{
    /// <summary>
    /// The length of the frame that begins <paramref name="source"/>; false where it is cut short or no frame.
    /// </summary>
    public static unsafe bool TryMeasure(ReadOnlySpan<byte> source, out int length)
    {
        fixed (byte* from = source)
        {
            var size = Zstd.ZSTD_findFrameCompressedSize(from, (nuint)source.Length);
            length = size <= (nuint)source.Length ? (int)size : 0;
            return length > 0;
        }
    }
}
