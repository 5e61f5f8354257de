using System.Numerics;
using System.Runtime.InteropServices;

namespace Ticklake.Columnar.Parquet.Encodings;

/// <summary>Writes DELTA_BINARY_PACKED: blocks of 128 differences in four miniblocks of 32, vector by vector.</summary>
static class DeltaEncoder
{
    public const int BlockSize = 128;
    public const int MiniblockCount = 4;
    const int MiniblockSize = BlockSize / MiniblockCount;

    /// <param name="values">What is encoded.</param>
    /// <param name="output">Receives the whole page.</param>
    /// <param name="isAligned">
    /// Differences are whole bytes wide, which a codec may make less of than of packed bits: they often resemble each
    /// other.
    /// </param>
    public static void Write(ReadOnlySpan<long> values, ByteBuffer output, bool isAligned = false)
    {
        WriteHeader(values.Length, values.IsEmpty ? 0 : values[0], output);
        Span<long> block = stackalloc long[BlockSize];
        for (var i = 1; i < values.Length; i += BlockSize)
        {
            var count = Math.Min(BlockSize, values.Length - i);
            Subtract(values.Slice(i, count), values.Slice(i - 1, count), block);
            WriteBlock(block, count, isAligned, output);
        }
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{long}, ByteBuffer, bool)"/>
    public static void Write(ReadOnlySpan<int> values, ByteBuffer output, bool isAligned = false)
    {
        WriteHeader(values.Length, values.IsEmpty ? 0 : values[0], output);
        Span<long> block = stackalloc long[BlockSize];
        for (var i = 1; i < values.Length; i += BlockSize)
        {
            var count = Math.Min(BlockSize, values.Length - i);
            // Differences wrap at 32 bits, so no miniblock of an INT32 column is wider than its type.
            for (var j = 0; j < count; j++)
                block[j] = unchecked(values[i + j] - values[i + j - 1]);
            WriteBlock(block, count, isAligned, output);
        }
    }

    /// <summary>
    /// The bytes that a block of these consecutive values (at most 129) would take, without its header.
    /// </summary>
    public static int EstimateBlock(ReadOnlySpan<long> values)
    {
        Span<long> block = stackalloc long[BlockSize];
        var count = values.Length - 1;
        Subtract(values[1..], values[..count], block);
        var least = Min(block[..count]);
        var bytes = 0;
        for (var start = 0; start < count; start += MiniblockSize)
        {
            var largest = 0UL;
            foreach (var delta in block[start..Math.Min(count, start + MiniblockSize)])
                largest |= (ulong)(delta - least);
            bytes += BitPacker.PackedSize(MiniblockSize, BitPacker.WidthOf(largest));
        }

        return bytes;
    }

    static void WriteHeader(int count, long first, ByteBuffer output)
    {
        output.WriteVarint(BlockSize);
        output.WriteVarint(MiniblockCount);
        output.WriteVarint((ulong)count);
        output.WriteZigZag(first);
    }

    static void WriteBlock(Span<long> block, int count, bool isAligned, ByteBuffer output)
    {
        var least = Min(block[..count]);
        // Padding equal to the smallest difference packs as zeros and widens nothing.
        block[count..].Fill(least);
        output.WriteZigZag(least);
        var offsets = MemoryMarshal.Cast<long, Vector<long>>(block);
        var bias = new Vector<long>(least);
        for (var i = 0; i < offsets.Length; i++)
            offsets[i] -= bias;

        Span<int> widths = stackalloc int[MiniblockCount];
        for (var i = 0; i < MiniblockCount; i++)
        {
            widths[i] = i * MiniblockSize < count ? WidthOf(block.Slice(i * MiniblockSize, MiniblockSize)) : 0;
            if (isAligned)
                widths[i] = (widths[i] + 7) & ~7;
            output.WriteByte((byte)widths[i]);
        }

        var packed = MemoryMarshal.Cast<long, ulong>(block);
        for (var i = 0; i < MiniblockCount; i++)
        {
            var size = MiniblockSize / 8 * widths[i];
            BitPacker.Pack(packed.Slice(i * MiniblockSize, MiniblockSize), widths[i], output.GetSpan(size + 8));
            output.Advance(size);
        }
    }

    static void Subtract(ReadOnlySpan<long> values, ReadOnlySpan<long> previous, Span<long> destination)
    {
        var width = Vector<long>.Count;
        var i = 0;
        for (; i <= values.Length - width; i += width)
            (new Vector<long>(values[i..]) - new Vector<long>(previous[i..])).CopyTo(destination[i..]);
        for (; i < values.Length; i++)
            destination[i] = unchecked(values[i] - previous[i]);
    }

    static long Min(ReadOnlySpan<long> values)
    {
        var least = values[0];
        var width = Vector<long>.Count;
        var i = 0;
        if (values.Length >= width)
        {
            var smallest = new Vector<long>(values);
            for (i = width; i <= values.Length - width; i += width)
                smallest = Vector.Min(smallest, new Vector<long>(values[i..]));
            for (var lane = 0; lane < width; lane++)
                least = Math.Min(least, smallest[lane]);
        }

        for (; i < values.Length; i++)
            least = Math.Min(least, values[i]);
        return least;
    }

    static int WidthOf(ReadOnlySpan<long> offsets)
    {
        var any = Vector<long>.Zero;
        foreach (var vector in MemoryMarshal.Cast<long, Vector<long>>(offsets))
            any |= vector;
        var largest = 0L;
        for (var lane = 0; lane < Vector<long>.Count; lane++)
            largest |= any[lane];
        return BitPacker.WidthOf((ulong)largest);
    }
}
