using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>
/// Shortens long texts to bounds that still hold: below every text for the smallest, above for the largest.
/// </summary>
static class TextBounds
{
    public const int LongestBound = 64;

    /// <summary>
    /// The bounds of texts from <paramref name="min"/> to <paramref name="max"/>; a raised one lies in <paramref
    /// name="buffer"/>.
    /// </summary>
    public static PageBounds Of(ReadOnlySpan<byte> min, ReadOnlySpan<byte> max, ByteBuffer buffer)
    {
        var isMinExact = min.Length <= LongestBound;
        if (!isMinExact)
            min = Cut(min);
        if (max.Length <= LongestBound)
            return new PageBounds(min, max, isMinExact);
        var cut = Cut(max);
        return TryRaise(cut, buffer) ? new PageBounds(min, buffer.Written, isMinExact, false) : default;
    }

    /// <summary>At most <see cref="LongestBound"/> bytes, not ending inside a character.</summary>
    static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text)
    {
        var length = LongestBound;
        while (length > LongestBound - 4 && (text[length] & 0xC0) == 0x80)
            length--;
        return text[..length];
    }

    /// <summary>
    /// The next text after every one that begins with <paramref name="prefix"/>: its last ASCII character below DEL is
    /// raised by one and what follows dropped, which keeps the bound valid UTF-8.
    /// </summary>
    static bool TryRaise(ReadOnlySpan<byte> prefix, ByteBuffer buffer)
    {
        buffer.Clear();
        var last = prefix.LastIndexOfAnyInRange((byte)0, (byte)0x7E);
        if (last < 0)
            return false;
        buffer.Write(prefix[..last]);
        buffer.WriteByte((byte)(prefix[last] + 1));
        return true;
    }
}
