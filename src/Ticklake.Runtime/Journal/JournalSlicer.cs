using System.Buffers;
using Ticklake.Columnar.Compression;

namespace Ticklake.Runtime.Journal;

/// <summary>
/// Copies lines of the journals of a lake, byte for byte, into a journal of their own: blocks without header, so that its
/// lines are counted, each file's begun by the line that says whose it is. One thread.
/// </summary>
public sealed class JournalSlicer(string lake)
{
    const int BlockBytes = 1 << 18;
    const int Level = 3;

    // Says whose journal it is; without it no reader would know.
    const long HeaderLine = 1;

    /// <summary>Appends the header line of the file and these lines, which are in ascending order.</summary>
    /// <exception cref="IOException">The file cannot be read, or lacks a line.</exception>
    public void Write(string sourceFile, IReadOnlyList<long> lines, Stream output)
    {
        var next = 0;
        using var reader = new JournalReader(
            Path.Combine(lake, sourceFile), (first, count) => first == HeaderLine || IsWanted(lines, next, first, count));
        using var compressor = new ZstdCompressor(Level, checksum: true);
        var block = new ArrayBufferWriter<byte>(BlockBytes);
        while (next < lines.Count && reader.TryRead(out var line))
        {
            if (line.LineNumber == lines[next])
                next++;
            else if (line.LineNumber != HeaderLine)
                continue;
            block.Write(reader.LineText);
            block.Write("\n"u8);
            if (block.WrittenCount >= BlockBytes)
                Flush(compressor, block, output);
        }

        Flush(compressor, block, output);
        if (next < lines.Count)
            throw new IOException($"{sourceFile} lacks line {lines[next]}, which rows come from.");
    }

    static bool IsWanted(IReadOnlyList<long> lines, int next, long first, int count)
    {
        // The reader is at most one block ahead of what was taken.
        while (next < lines.Count && lines[next] < first)
            next++;
        return next < lines.Count && lines[next] < first + count;
    }

    static void Flush(ZstdCompressor compressor, ArrayBufferWriter<byte> block, Stream output)
    {
        if (block.WrittenCount == 0)
            return;
        var packed = ArrayPool<byte>.Shared.Rent(Zstd.CompressBound(block.WrittenCount));
        var length = compressor.Compress(block.WrittenSpan, packed);
        output.Write(packed.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(packed);
        block.Clear();
    }
}
