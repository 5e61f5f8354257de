using System.Buffers.Binary;
using System.Numerics;

namespace Ticklake.Runtime.Journal;

/// <summary>
/// The 32 bytes before each block's zstd frame: a zstd skippable frame, which every zstd tool passes over. It makes a
/// block's line numbers known when an earlier block is damaged, and gives the scan for the next intact block something
/// sure to look for. Layout (little endian): magic u32, payload size u32 = 24, first line u64, lines u32, content bytes
/// u32, length of the zstd frame u32, CRC-32C of the 20 payload bytes before it u32.
/// </summary>
readonly record struct JournalBlockHeader(long FirstLine, int Lines, int ContentBytes, int FrameBytes)
{
    public const int Size = 32;
    const int PayloadSize = 24;

    // One of the sixteen magics that the zstd format (RFC 8878, 3.1.2) leaves to users: 0x184D2A50 to 0x184D2A5F.
    public const uint Magic = 0x184D2A5B;

    /// <summary>The eight bytes every header begins with.</summary>
    public static ReadOnlySpan<byte> Prefix => [0x5B, 0x2A, 0x4D, 0x18, PayloadSize, 0, 0, 0];

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], PayloadSize);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], FirstLine);
        BinaryPrimitives.WriteInt32LittleEndian(target[16..], Lines);
        BinaryPrimitives.WriteInt32LittleEndian(target[20..], ContentBytes);
        BinaryPrimitives.WriteInt32LittleEndian(target[24..], FrameBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(target[28..], Checksum(target));
    }

    /// <summary>False where the bytes do not begin with an intact header.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out JournalBlockHeader header)
    {
        header = default;
        if (source.Length < Size || !source.StartsWith(Prefix)
            || BinaryPrimitives.ReadUInt32LittleEndian(source[28..]) != Checksum(source))
            return false;
        header = new JournalBlockHeader(
            BinaryPrimitives.ReadInt64LittleEndian(source[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[20..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[24..]));
        return header.FirstLine > 0 && header.Lines > 0 && header.ContentBytes > 0 && header.FrameBytes > 0;
    }

    static uint Checksum(ReadOnlySpan<byte> header)
    {
        var crc = BitOperations.Crc32C(~0u, BinaryPrimitives.ReadUInt64LittleEndian(header[8..]));
        crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(header[16..]));
        return ~BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt32LittleEndian(header[24..]));
    }
}
