using System.Runtime.InteropServices;

namespace Ticklake.Columnar.Parquet.Encodings;

/// <summary>
/// Writes Parquet's hybrid of run lengths and bit-packed groups: dictionary indices, levels, booleans.
/// </summary>
static class RunEncoder
{
    /// <summary>One run of the same value.</summary>
    public static void WriteRun(int value, int count, int width, ByteBuffer output)
    {
        output.WriteVarint((ulong)count << 1);
        for (var bits = 0; bits < width; bits += 8)
            output.WriteByte((byte)(value >> bits));
    }

    /// <summary>Values below 2^<paramref name="width"/>.</summary>
    public static void Write(ReadOnlySpan<int> values, int width, ByteBuffer output)
    {
        // A run costs a header, its value and perhaps another header for the literals after it.
        var shortestRun = Math.Max(8, 32 / width);
        while (!values.IsEmpty)
        {
            var run = RunLength(values);
            if (run >= shortestRun || run == values.Length)
            {
                WriteRun(values[0], run, width, output);
                values = values[run..];
                continue;
            }

            var literals = 8;
            while (literals < values.Length && !BeginsRun(values[literals..], shortestRun))
                literals += 8;
            literals = Math.Min(literals, values.Length);
            WriteLiterals(values[..literals], width, output);
            values = values[literals..];
        }
    }

    /// <summary>
    /// One bit a value: <paramref name="flags"/>, or their opposite where <paramref name="inverted"/>.
    /// </summary>
    public static void Write(ReadOnlySpan<bool> flags, bool inverted, ByteBuffer output)
    {
        const int ShortestRun = 32;
        var values = MemoryMarshal.AsBytes(flags);
        var flip = inverted ? 1 : 0;
        while (!values.IsEmpty)
        {
            var run = RunLength(values);
            if (run >= ShortestRun || run == values.Length)
            {
                WriteRun(values[0] ^ flip, run, 1, output);
                values = values[run..];
                continue;
            }

            var literals = 8;
            while (literals < values.Length && !BeginsRun(values[literals..], ShortestRun))
                literals += 8;
            literals = Math.Min(literals, values.Length);
            WriteLiterals(values[..literals], flip, output);
            values = values[literals..];
        }
    }

    static bool BeginsRun<T>(ReadOnlySpan<T> values, int length)
        where T : unmanaged, IEquatable<T> =>
        values.Length >= length && values[0].Equals(values[1])
        && values[..length].IndexOfAnyExcept(values[0]) < 0;

    static int RunLength<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IEquatable<T>
    {
        if (values.Length > 1 && !values[1].Equals(values[0]))
            return 1;
        var end = values.IndexOfAnyExcept(values[0]);
        return end < 0 ? values.Length : end;
    }

    static void WriteLiterals(ReadOnlySpan<int> values, int width, ByteBuffer output)
    {
        var groups = (values.Length + 7) / 8;
        output.WriteVarint(((ulong)groups << 1) | 1);
        var size = groups * width;
        var destination = output.GetSpan(size + 8);
        var whole = values.Length & ~7;
        BitPacker.Pack(values[..whole], width, destination);
        if (whole < values.Length)
        {
            Span<int> last = stackalloc int[8];
            last.Clear();
            values[whole..].CopyTo(last);
            BitPacker.Pack(last, width, destination[(whole / 8 * width)..]);
        }

        output.Advance(size);
    }

    static void WriteLiterals(ReadOnlySpan<byte> values, int flip, ByteBuffer output)
    {
        var groups = (values.Length + 7) / 8;
        output.WriteVarint(((ulong)groups << 1) | 1);
        var destination = output.GetSpan(groups);
        var eights = MemoryMarshal.Cast<byte, ulong>(values);
        for (var i = 0; i < eights.Length; i++)
            destination[i] = Gather(eights[i], flip);
        if (eights.Length < groups)
        {
            Span<byte> last = stackalloc byte[8];
            last.Clear();
            values[(eights.Length * 8)..].CopyTo(last);
            destination[eights.Length] = Gather(MemoryMarshal.Read<ulong>(last), flip);
        }

        output.Advance(groups);
    }

    // The product moves the low bit of byte i to bit 56 + i; no two of them meet, so nothing carries.
    static byte Gather(ulong eight, int flip) =>
        (byte)((((eight & 0x0101010101010101) * 0x0102040810204080) >> 56) ^ (flip == 0 ? 0UL : 0xFF));
}
