using Ticklake.Columnar;

namespace Ticklake.Stores.Segments;

/// <summary>Opens sealed segments for reading, whatever format they are in.</summary>
public static class SegmentFile
{
    const int MagicLength = 6;

    /// <exception cref="InvalidDataException">The file is damaged, or no segment.</exception>
    /// <exception cref="NotSupportedException">It has features that are not supported.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TableReader Open(string path)
    {
        var format = SegmentFormat.OfName(path) ?? OfContent(path) ?? throw new InvalidDataException(
            "neither its name nor its first bytes are those of a segment: "
            + string.Join(", ", SegmentFormat.All.SelectMany(x => x.Extensions).Select(x => "." + x)));
        return Open(DiskFileSystem.Instance.OpenRead(path), format);
    }

    /// <summary>Opens a file whose format is known; the stream must seek, and is the reader's.</summary>
    internal static TableReader Open(Stream file, SegmentFormat format)
    {
        try
        {
            return format.Open(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // A file of columns that somebody gave another name.
    static SegmentFormat? OfContent(string path)
    {
        Span<byte> magic = stackalloc byte[MagicLength];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1);
        var read = magic[..file.ReadAtLeast(magic, MagicLength, throwOnEndOfStream: false)];
        return read.StartsWith("PAR1"u8) ? SegmentFormat.Parquet
            : read.StartsWith("ARROW1"u8) ? SegmentFormat.Arrow
            : null;
    }
}
