using System.Numerics;
using System.Runtime.InteropServices;

namespace Ticklake.Columnar.Arrow.Batches;

/// <summary>Flags as bits, the first in the lowest bit (columnar format, "Validity bitmaps").</summary>
static class Bitmap
{
    public static int ByteCount(int rows) => (rows + 7) / 8;

    /// <summary>Packs flags, or their opposites; bits beyond the last row are zero.</summary>
    public static void Pack(ReadOnlySpan<bool> flags, bool inverted, ByteBuffer output)
    {
        var length = ByteCount(flags.Length);
        var target = output.GetSpan(length)[..length];
        var invert = inverted ? 0xFF : 0;
        var whole = flags.Length / 8;
        var words = MemoryMarshal.Cast<bool, ulong>(flags[..(whole * 8)]);
        for (var i = 0; i < words.Length; i++)
            target[i] = (byte)(Gather(words[i]) ^ invert);
        if (whole < length)
        {
            var rest = flags[(whole * 8)..];
            var last = 0;
            for (var i = 0; i < rest.Length; i++)
                last |= rest[i] != inverted ? 1 << i : 0;
            target[whole] = (byte)last;
        }

        output.Advance(length);
    }

    /// <summary>Unpacks as many flags as there is room for, or their opposites.</summary>
    public static void Unpack(ReadOnlySpan<byte> bits, bool inverted, Span<bool> flags)
    {
        for (var i = 0; i < flags.Length; i++)
            flags[i] = ((bits[i >> 3] >> (i & 7)) & 1) != 0 != inverted;
    }

    public static int CountZeros(ReadOnlySpan<byte> bits, int rows)
    {
        var ones = 0;
        for (var i = 0; i < rows / 8; i++)
            ones += BitOperations.PopCount(bits[i]);
        if (rows % 8 != 0)
            ones += BitOperations.PopCount(bits[rows / 8] & ((1u << (rows % 8)) - 1));
        return rows - ones;
    }

    // Byte i of the word is 0 or 1; the multiplication moves it to bit 56 + i, and no two products meet.
    static byte Gather(ulong flags) => (byte)((flags * 0x0102040810204080) >> 56);
}
