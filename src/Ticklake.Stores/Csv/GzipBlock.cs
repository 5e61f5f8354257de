using System.Buffers.Binary;
using System.IO.Compression;
using Ticklake.Shared;

namespace Ticklake.Stores.Csv;

/// <summary>
/// A gzip member that states its own length in a field of its header (RFC 1952, 2.3.1.1), so that nothing before, between
/// or behind the members of a file goes unnoticed, as it does where a decompressor looks for their ends.
/// </summary>
static class GzipBlock
{
    /// <summary>
    /// Header of a member: ten bytes, then the fields' length, the field's name, its length, and the length stated.
    /// </summary>
    public const int HeaderLength = 20;

    const int TrailerLength = 8;

    /// <summary>What every member begins with.</summary>
    public static byte[] Magic { get; } = [0x1f, 0x8b];

    // Deflate; an extra field; no time; no level; system unknown; four more bytes of field TL.
    static readonly byte[] Begin =
        [0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255, 8, 0, (byte)'T', (byte)'L', 4, 0];

    /// <summary>Writes the text as one member.</summary>
    /// <param name="text">What to compress.</param>
    /// <param name="output">Where to.</param>
    /// <param name="scratch">Memory for what it becomes; its content is lost.</param>
    public static void Write(ReadOnlySpan<byte> text, Stream output, MemoryStream scratch)
    {
        scratch.SetLength(0);
        scratch.Write(Begin);
        scratch.Write(stackalloc byte[sizeof(uint)]);
        using (var deflate = new DeflateStream(scratch, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(text);
        Span<byte> trailer = stackalloc byte[TrailerLength];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, Crc32.Compute(text));
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], (uint)text.Length);
        scratch.Write(trailer);
        var member = scratch.GetBuffer().AsSpan(0, (int)scratch.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(member[Begin.Length..], (uint)member.Length);
        output.Write(member);
    }

    /// <summary>The length that a member's header states; null where it states none.</summary>
    public static uint? StatedLength(ReadOnlySpan<byte> header) =>
        header.Length >= HeaderLength && header.StartsWith(Begin)
            ? BinaryPrimitives.ReadUInt32LittleEndian(header[Begin.Length..])
            : null;
}
