using System.Buffers.Binary;

namespace Ticklake.Columnar.Compression;

/// <summary>
/// Decompresses Snappy's raw format (github.com/google/snappy, format_description.txt): the length, then literals and
/// copies of what was written before.
/// </summary>
static class Snappy
{
    // A copy of 64 bytes takes three: nothing expands more, so a length beyond this is a lie.
    const int LargestExpansion = 22;

    /// <summary>The length of what is compressed; false where there is none, or the bytes cannot hold so much.</summary>
    public static bool TryReadLength(ReadOnlySpan<byte> source, out int length) =>
        TryReadLength(ref source, out length) && length <= (long)LargestExpansion * source.Length;

    /// <summary>Decompresses to exactly the length of <paramref name="destination"/>.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or hold another number of bytes.</exception>
    public static void Decompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (!TryReadLength(ref source, out var length) || length != destination.Length)
            throw new InvalidDataException($"Snappy bytes do not hold the {destination.Length} bytes they should");
        var written = 0;
        while (!source.IsEmpty)
        {
            var tag = source[0];
            var size = (tag & 3) switch
            {
                0 => Literal(ref source, tag, destination[written..]),
                var width => Copy(ref source, tag, width, destination, written),
            };
            written += size;
        }

        if (written != destination.Length)
            throw Damaged();
    }

    static int Literal(ref ReadOnlySpan<byte> source, int tag, Span<byte> destination)
    {
        // Lengths to 60 lie in the tag itself; 60 to 63 say that 1 to 4 bytes follow with it.
        var extra = Math.Max(0, (tag >> 2) - 59);
        if (source.Length <= extra)
            throw Damaged();
        var length = (long)(tag >> 2);
        if (extra > 0)
        {
            length = 0;
            for (var i = extra; i > 0; i--)
                length = (length << 8) | source[i];
        }

        length++;
        source = source[(1 + extra)..];
        if (length > source.Length || length > destination.Length)
            throw Damaged();
        source[..(int)length].CopyTo(destination);
        source = source[(int)length..];
        return (int)length;
    }

    static int Copy(ref ReadOnlySpan<byte> source, int tag, int kind, Span<byte> destination, int written)
    {
        var bytes = kind == 3 ? 5 : kind + 1;
        if (source.Length < bytes)
            throw Damaged();
        var (length, distance) = kind switch
        {
            1 => (((tag >> 2) & 7) + 4, (uint)((tag >> 5) << 8) | source[1]),
            2 => ((tag >> 2) + 1, BinaryPrimitives.ReadUInt16LittleEndian(source[1..])),
            _ => ((tag >> 2) + 1, BinaryPrimitives.ReadUInt32LittleEndian(source[1..])),
        };
        source = source[bytes..];
        if (distance == 0 || distance > (uint)written || length > destination.Length - written)
            throw Damaged();
        var from = written - (int)distance;
        if (distance >= (uint)length)
        {
            destination.Slice(from, length).CopyTo(destination[written..]);
            return length;
        }

        // What is copied overlaps what is being written: the pattern repeats.
        for (var i = 0; i < length; i++)
            destination[written + i] = destination[from + i];
        return length;
    }

    static bool TryReadLength(ref ReadOnlySpan<byte> source, out int length)
    {
        var value = 0UL;
        for (var i = 0; i < 5 && i < source.Length; i++)
        {
            value |= (ulong)(source[i] & 0x7F) << (7 * i);
            if (source[i] < 0x80)
            {
                source = source[(i + 1)..];
                length = (int)Math.Min(value, int.MaxValue);
                return value <= int.MaxValue;
            }
        }

        length = 0;
        return false;
    }

    static InvalidDataException Damaged() => new("Snappy bytes are damaged");
}
