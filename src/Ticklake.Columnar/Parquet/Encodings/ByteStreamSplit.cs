using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ticklake.Columnar.Parquet.Encodings;

/// <summary>
/// BYTE_STREAM_SPLIT of values of eight bytes: stream k holds byte k of every value, one stream after the other. Eight
/// values are turned at once as a matrix of bytes, which is its own inverse.
/// </summary>
static class ByteStreamSplit
{
    const int Width = sizeof(ulong);

    public static void Write(ReadOnlySpan<ulong> values, ByteBuffer output)
    {
        var size = values.Length * Width;
        var streams = output.GetSpan(size)[..size];
        Span<ulong> block = stackalloc ulong[Width];
        var whole = values.Length & -Width;
        for (var i = 0; i < whole; i += Width)
        {
            values.Slice(i, Width).CopyTo(block);
            Transpose(block);
            for (var k = 0; k < Width; k++)
                MemoryMarshal.Write(streams[((k * values.Length) + i)..], block[k]);
        }

        for (var i = whole; i < values.Length; i++)
        {
            for (var k = 0; k < Width; k++)
                streams[(k * values.Length) + i] = (byte)(values[i] >> (8 * k));
        }

        output.Advance(size);
    }

    /// <summary>Fills <paramref name="values"/>, which must be all there are.</summary>
    public static void Read(ReadOnlySpan<byte> body, Span<ulong> values)
    {
        var streams = new ByteReader(body).Read((long)values.Length * Width);
        Span<ulong> block = stackalloc ulong[Width];
        var whole = values.Length & -Width;
        for (var i = 0; i < whole; i += Width)
        {
            for (var k = 0; k < Width; k++)
                block[k] = BinaryPrimitives.ReadUInt64LittleEndian(streams[((k * values.Length) + i)..]);
            Transpose(block);
            block.CopyTo(values[i..]);
        }

        for (var i = whole; i < values.Length; i++)
        {
            values[i] = 0;
            for (var k = 0; k < Width; k++)
                values[i] |= (ulong)streams[(k * values.Length) + i] << (8 * k);
        }
    }

    // Swaps the off-diagonal quarters of the matrix, then those of each quarter, then those of each sixteenth.
    static void Transpose(Span<ulong> rows)
    {
        for (var i = 0; i < 4; i++)
            Swap(ref rows[i], ref rows[i + 4], 32, 0x00000000FFFFFFFF);
        for (var i = 0; i < 8; i += 4)
        {
            Swap(ref rows[i], ref rows[i + 2], 16, 0x0000FFFF0000FFFF);
            Swap(ref rows[i + 1], ref rows[i + 3], 16, 0x0000FFFF0000FFFF);
        }

        for (var i = 0; i < 8; i += 2)
            Swap(ref rows[i], ref rows[i + 1], 8, 0x00FF00FF00FF00FF);
    }

    static void Swap(ref ulong upper, ref ulong lower, int shift, ulong mask)
    {
        var difference = ((upper >> shift) ^ lower) & mask;
        lower ^= difference;
        upper ^= difference << shift;
    }
}
