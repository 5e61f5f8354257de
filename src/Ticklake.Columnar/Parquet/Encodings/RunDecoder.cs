namespace Ticklake.Columnar.Parquet.Encodings;

/// <summary>Reads Parquet's hybrid of run lengths and bit-packed groups.</summary>
static class RunDecoder
{
    /// <summary>
    /// Fills <paramref name="destination"/> with values of <paramref name="width"/> bits (0 to 32); returns how many bytes
    /// they took.
    /// </summary>
    public static int Read(ReadOnlySpan<byte> bytes, int width, Span<int> destination)
    {
        if (width is < 0 or > 32)
            throw new InvalidDataException($"a run has values of {width} bits");
        var reader = new ByteReader(bytes);
        while (!destination.IsEmpty)
        {
            var header = reader.ReadVarint();
            var length = header >> 1;
            if ((header & 1) == 0)
            {
                var value = 0u;
                for (var bits = 0; bits < width; bits += 8)
                    value |= (uint)reader.ReadByte() << bits;
                var count = (int)Math.Min(length, (ulong)destination.Length);
                destination[..count].Fill((int)value);
                destination = destination[count..];
            }
            else
            {
                var count = (int)Math.Min(Math.Min(length, int.MaxValue) * 8, (ulong)destination.Length);
                // Other writers may cut the last group after its last value.
                var size = Math.Min((long)Math.Min(length, int.MaxValue) * width, reader.Rest.Length);
                var packed = reader.Rest;
                reader.Read(Math.Max(size, BitPacker.PackedSize(count, width)));
                BitUnpacker.Unpack(packed, width, destination[..count]);
                destination = destination[count..];
            }
        }

        return bytes.Length - reader.Rest.Length;
    }
}
