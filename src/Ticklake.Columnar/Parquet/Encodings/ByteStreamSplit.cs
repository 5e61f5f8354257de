using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ticklake.Columnar.Parquet.Encodings;

/// <summary>
/// BYTE_STREAM_SPLIT: stream k holds byte k of every value, one stream after the other. Eight values of eight bytes are
/// split at once as a matrix of bytes that is turned; sixteen are joined at once.
/// </summary>
static class ByteStreamSplit
{
    const int Width = sizeof(ulong);
    const int Step = 16;

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
    public static void Read(ReadOnlySpan<byte> body, Span<ulong> values) =>
        Decode(new ByteReader(body).Read((long)values.Length * Width), Width, MemoryMarshal.AsBytes(values));

    /// <summary>Joins the streams again.</summary>
    /// <param name="body">The streams, as long as <paramref name="values"/>.</param>
    /// <param name="width">Bytes of a value.</param>
    /// <param name="values">Is filled.</param>
    public static void Decode(ReadOnlySpan<byte> body, int width, Span<byte> values)
    {
        var count = values.Length / width;
        var done = width == 8 && Sse2.IsSupported ? JoinSteps(body, values, count) : 0;
        for (var stream = 0; stream < width; stream++)
        {
            var bytes = body.Slice(stream * count, count);
            for (var i = done; i < bytes.Length; i++)
                values[(i * width) + stream] = bytes[i];
        }
    }

    // Sixteen values of eight bytes at a time: bytes are interleaved to pairs, pairs to fours, fours to eights.
    static int JoinSteps(ReadOnlySpan<byte> body, Span<byte> values, int count)
    {
        var done = 0;
        for (; done + Step <= count; done += Step)
        {
            var (low01, high01) = Pairs(body, count, done, 0);
            var (low23, high23) = Pairs(body, count, done, 2);
            var (low45, high45) = Pairs(body, count, done, 4);
            var (low67, high67) = Pairs(body, count, done, 6);
            var target = MemoryMarshal.Cast<byte, Vector128<byte>>(values.Slice(done * 8, Step * 8));
            Join(low01, low23, low45, low67, target);
            Join(high01, high23, high45, high67, target[4..]);
        }

        return done;
    }

    static (Vector128<short> Low, Vector128<short> High) Pairs(ReadOnlySpan<byte> body, int count, int at, int stream)
    {
        var even = Vector128.Create(body.Slice((stream * count) + at, Step));
        var odd = Vector128.Create(body.Slice(((stream + 1) * count) + at, Step));
        return (Sse2.UnpackLow(even, odd).AsInt16(), Sse2.UnpackHigh(even, odd).AsInt16());
    }

    static void Join(
        Vector128<short> a, Vector128<short> b, Vector128<short> c, Vector128<short> d, Span<Vector128<byte>> target)
    {
        var (low, lowTail) = (Sse2.UnpackLow(a, b).AsInt32(), Sse2.UnpackLow(c, d).AsInt32());
        var (high, highTail) = (Sse2.UnpackHigh(a, b).AsInt32(), Sse2.UnpackHigh(c, d).AsInt32());
        target[0] = Sse2.UnpackLow(low, lowTail).AsByte();
        target[1] = Sse2.UnpackHigh(low, lowTail).AsByte();
        target[2] = Sse2.UnpackLow(high, highTail).AsByte();
        target[3] = Sse2.UnpackHigh(high, highTail).AsByte();
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
