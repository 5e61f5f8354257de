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
        Span<ulong> deltas = new ulong[block / miniblocks];
        while (!destination.IsEmpty)
            value = ReadBlock(ref reader, (int)miniblocks, value, deltas, ref destination);
        return bytes.Length - reader.Rest.Length;
    }

    static long ReadBlock(
        ref ByteReader reader, int miniblocks, long value, Span<ulong> deltas, ref Span<long> destination)
    {
        var least = reader.ReadZigZag();
        var widths = reader.Read(miniblocks);
        foreach (var width in widths)
        {
            if (destination.IsEmpty)
                break;
            if (width > 64)
                throw new InvalidDataException($"a delta miniblock has values of {width} bits");
            BitUnpacker.Unpack(reader.Read(deltas.Length / 8 * width), width, deltas);
            var count = Math.Min(deltas.Length, destination.Length);
            for (var i = 0; i < count; i++)
            {
                value = unchecked(value + least + (long)deltas[i]);
                destination[i] = value;
            }

            destination = destination[count..];
        }

        return value;
    }
}
