using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ticklake.Columnar.Parquet.Encodings;

/// <summary>
/// Reads values of a fixed bit width, least significant bit first: eight at a time where the processor has AVX2 and
/// every
/// value with the bits before it fits 32.
/// </summary>
static class BitUnpacker
{
    /// <summary>The widest values that are unpacked eight at a time: up to 7 bits of a byte lie before them.</summary>
    public const int WidestOfEight = 25;

    static readonly Vector256<byte>[] ByteOrders = [.. Enumerable.Range(0, WidestOfEight + 1).Select(ByteOrderOf)];

    static readonly Vector256<uint>[] Shifts = [.. Enumerable.Range(0, WidestOfEight + 1).Select(ShiftOf)];

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
        if (width == 0)
        {
            destination.Clear();
            return;
        }

        var done = width <= WidestOfEight && Avx2.IsSupported ? UnpackEights(bytes, width, destination) : 0;
        var mask = uint.MaxValue >> (32 - width);
        for (var i = done; i < destination.Length; i++)
        {
            var bit = (long)i * width;
            destination[i] = (int)((uint)(Load(bytes[(int)(bit >> 3)..]) >> ((int)bit & 7)) & mask);
        }
    }

    static int UnpackEights(ReadOnlySpan<byte> bytes, int width, Span<int> destination)
    {
        var order = ByteOrders[width];
        var shift = Shifts[width];
        var mask = Vector256.Create(uint.MaxValue >> (32 - width));
        // The fifth of eight values begins in the middle of the group's bytes, perhaps with half a byte before it.
        var middle = width / 2;
        var done = 0;
        while (bytes.Length >= middle + Vector128<byte>.Count && destination.Length - done >= 8)
        {
            var eight = Vector256.Create(Vector128.Create(bytes), Vector128.Create(bytes[middle..]));
            var words = Avx2.Shuffle(eight, order).AsUInt32();
            var values = Avx2.ShiftRightLogicalVariable(words, shift) & mask;
            values.AsInt32().CopyTo(destination[done..]);
            done += 8;
            bytes = bytes[Math.Min(width, bytes.Length)..];
        }

        return done;
    }

    // The bits before value i of eight, counted from the half of the bytes that it is loaded with.
    static int BitsBefore(int width, int i) => i < 4 ? i * width : (4 * width % 8) + ((i - 4) * width);

    static Vector256<byte> ByteOrderOf(int width)
    {
        var order = new byte[Vector256<byte>.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = (byte)((BitsBefore(width, i / 4) / 8) + (i % 4));
        return Vector256.Create(order);
    }

    static Vector256<uint> ShiftOf(int width) =>
        Vector256.Create([.. Enumerable.Range(0, 8).Select(i => (uint)BitsBefore(width, i) % 8)]);

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
