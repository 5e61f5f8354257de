using Ticklake.Columnar;
using Ticklake.Columnar.Arrow;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Viewing;

/// <summary>Tells files of columns apart by how they begin.</summary>
public static class FileKinds
{
    public static bool IsParquet(string path) => Begins(path, "PAR1"u8);

    /// <summary>For people.</summary>
    public static string NameOf(string path) => IsParquet(path) ? "Parquet" : IsArrow(path) ? "Arrow" : "a segment";

    /// <exception cref="InvalidDataException">It is damaged, or of no known kind.</exception>
    /// <exception cref="NotSupportedException">It has features that are not supported.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TableReader Open(string path) => IsArrow(path) ? ArrowReader.Open(path) : SegmentFile.Open(path);

    static bool IsArrow(string path) => Begins(path, "ARROW1"u8);

    static bool Begins(string path, ReadOnlySpan<byte> magic)
    {
        using var file = File.OpenRead(path);
        Span<byte> begin = stackalloc byte[magic.Length];
        return file.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) == begin.Length && begin.SequenceEqual(magic);
    }
}
