using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ticklake.Columnar.Parquet.Encodings;

/// <summary>
/// Packs values of a fixed bit width, least significant bit first. Narrow values are joined two or four at a time in
/// independent shifts before they meet the accumulator, which is the only serial part.
/// </summary>
static class BitPacker
{
    /// <summary>Bytes that so many values take, rounded up.</summary>
    public static int PackedSize(int count, int width) => checked((int)((((long)count * width) + 7) / 8));

    /// <summary>The bits needed for values up to <paramref name="largest"/>.</summary>
    public static int WidthOf(ulong largest) => 64 - System.Numerics.BitOperations.LeadingZeroCount(largest);

    /// <summary>
    /// Packs values below 2^<paramref name="width"/>; their number is a multiple of 4. The destination needs 8 bytes
    /// more
    /// than the packed size.
    /// </summary>
    public static void Pack(ReadOnlySpan<ulong> values, int width, Span<byte> destination)
    {
        if (width == 0)
            return;
        var sink = new Accumulator(destination);
        if (width <= 16)
        {
            foreach (var quad in MemoryMarshal.Cast<ulong, Quad<ulong>>(values))
            {
                var bits = quad.A | (quad.B << width) | (quad.C << (2 * width)) | (quad.D << (3 * width));
                sink.Add(bits, 4 * width);
            }
        }
        else if (width <= 32)
        {
            foreach (var quad in MemoryMarshal.Cast<ulong, Quad<ulong>>(values))
            {
                sink.Add(quad.A | (quad.B << width), 2 * width);
                sink.Add(quad.C | (quad.D << width), 2 * width);
            }
        }
        else
        {
            foreach (var value in values)
                sink.Add(value, width);
        }

        sink.Flush();
    }

    /// <inheritdoc cref="Pack(ReadOnlySpan{ulong}, int, Span{byte})"/>
    public static void Pack(ReadOnlySpan<int> values, int width, Span<byte> destination)
    {
        if (width == 0)
            return;
        var sink = new Accumulator(destination);
        foreach (var quad in MemoryMarshal.Cast<int, Quad<uint>>(values))
        {
            var low = quad.A | ((ulong)quad.B << width);
            var high = quad.C | ((ulong)quad.D << width);
            if (width <= 16)
            {
                sink.Add(low | (high << (2 * width)), 4 * width);
            }
            else
            {
                sink.Add(low, 2 * width);
                sink.Add(high, 2 * width);
            }
        }

        sink.Flush();
    }

    readonly record struct Quad<T>(T A, T B, T C, T D)
        where T : unmanaged;

    ref struct Accumulator(Span<byte> destination)
    {
        readonly Span<byte> _destination = destination;
        ulong _bits;
        int _fill;
        int _position;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(ulong bits, int count)
        {
            _bits |= bits << _fill;
            _fill += count;
            if (_fill < 64)
                return;
            MemoryMarshal.Write(_destination[_position..], _bits);
            _position += 8;
            _fill -= 64;
            _bits = _fill == 0 ? 0 : bits >> (count - _fill);
        }

        public readonly void Flush()
        {
            if (_fill > 0)
                MemoryMarshal.Write(_destination[_position..], _bits);
        }
    }
}
