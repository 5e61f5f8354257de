using System.Buffers.Binary;

namespace Ticklake.Columnar.Parquet.Encodings;

/// <summary>Reads values of a fixed bit width, least significant bit first.</summary>
static class BitUnpacker
{
    /// <summary>
    /// Unpacks <paramref name="destination"/>.Length values of 0 to 64 bits; the bytes hold at least so many.
    /// </summary>
    public static void Unpack(ReadOnlySpan<byte> bytes, int width, Span<ulong> destination)
    {
        if (width == 0)
        {
            destination.Clear();
            return;
        }

        var mask = ulong.MaxValue >> (64 - width);
        for (var i = 0; i < destination.Length; i++)
        {
            var bit = (long)i * width;
            var at = (int)(bit >> 3);
            var shift = (int)bit & 7;
            var value = Load(bytes[at..]) >> shift;
            if (shift + width > 64)
                value |= (ulong)bytes[at + 8] << (64 - shift);
            destination[i] = value & mask;
        }
    }

    /// <summary>The same for widths up to 32.</summary>
    public static void Unpack(ReadOnlySpan<byte> bytes, int width, Span<int> destination)
    {
        var mask = width == 0 ? 0 : uint.MaxValue >> (32 - width);
        for (var i = 0; i < destination.Length; i++)
        {
            var bit = (long)i * width;
            var at = (int)(bit >> 3);
            destination[i] = mask == 0 ? 0 : (int)((uint)(Load(bytes[at..]) >> ((int)bit & 7)) & mask);
        }
    }

    static ulong Load(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 8)
            return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var value = 0UL;
        for (var i = bytes.Length - 1; i >= 0; i--)
            value = (value << 8) | bytes[i];
        return value;
    }
}
