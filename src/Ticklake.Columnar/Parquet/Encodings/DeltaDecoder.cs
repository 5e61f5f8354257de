using System.Runtime.InteropServices;

namespace Ticklake.Columnar.Parquet.Encodings;

/// <summary>Reads DELTA_BINARY_PACKED.</summary>
static class DeltaDecoder
{
    const int LargestBlock = 1 << 16;

    /// <summary>
    /// Fills <paramref name="destination"/>, which must be all the values there are; the bytes they took.
    /// </summary>
    public static int Read(ReadOnlySpan<byte> bytes, Span<long> destination)
    {
        const int CommonMiniblock = 32;
        var reader = new ByteReader(bytes);
        var block = reader.ReadVarint();
        var miniblocks = reader.ReadVarint();
        var count = reader.ReadVarint();
        var value = reader.ReadZigZag();
        if (block is 0 or > LargestBlock || miniblocks == 0 || miniblocks > block || block % (miniblocks * 8) != 0)
            throw new InvalidDataException($"a delta block has {block} values in {miniblocks} miniblocks");
        if (count != (ulong)destination.Length)
            throw new InvalidDataException($"a page of {destination.Length} values has {count} deltas");
        if (destination.IsEmpty)
            return bytes.Length - reader.Rest.Length;
        destination[0] = value;
        destination = destination[1..];
        var size = (int)(block / miniblocks);
        var deltas = size <= CommonMiniblock ? stackalloc ulong[size] : new ulong[size];
        while (!destination.IsEmpty)
            value = ReadBlock(ref reader, (int)miniblocks, value, deltas, ref destination);
        return bytes.Length - reader.Rest.Length;
    }

    static long ReadBlock(
        ref ByteReader reader, int miniblocks, long value, scoped Span<ulong> deltas, ref Span<long> destination)
    {
        var least = reader.ReadZigZag();
        var widths = reader.Read(miniblocks);
        foreach (var width in widths)
        {
            if (destination.IsEmpty)
                break;
            if (width > 64)
                throw new InvalidDataException($"a delta miniblock has values of {width} bits");
            // What lies behind the miniblock is given as well: eight values at a time are read with some bytes beyond.
            var packed = reader.Rest;
            reader.Read(deltas.Length / 8 * width);
            var target = destination[..Math.Min(deltas.Length, destination.Length)];
            if (width <= BitUnpacker.WidestOfEight)
            {
                var narrow = MemoryMarshal.Cast<ulong, int>(deltas)[..deltas.Length];
                BitUnpacker.Unpack(packed, width, narrow);
                value = Sum(value, least, narrow, target);
            }
            else
            {
                BitUnpacker.Unpack(packed, width, deltas);
                value = Sum(value, least, deltas, target);
            }

            destination = destination[target.Length..];
        }

        return value;
    }

    static long Sum(long value, long least, ReadOnlySpan<int> deltas, Span<long> target)
    {
        for (var i = 0; i < target.Length && i < deltas.Length; i++)
        {
            value = unchecked(value + (least + (uint)deltas[i]));
            target[i] = value;
        }

        return value;
    }

    static long Sum(long value, long least, ReadOnlySpan<ulong> deltas, Span<long> target)
    {
        for (var i = 0; i < target.Length && i < deltas.Length; i++)
        {
            value = unchecked(value + (least + (long)deltas[i]));
            target[i] = value;
        }

        return value;
    }
}
