using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;

namespace Ticklake.Stores.Segments;

/// <summary>Opens sealed segments for reading, whatever format they are in.</summary>
public static class SegmentFile
{
    /// <exception cref="InvalidDataException">The file is damaged, or no segment.</exception>
    /// <exception cref="NotSupportedException">It has features that are not supported.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TableReader Open(string path) => ParquetReader.Open(path);

    /// <summary>Reads a seekable stream, which the reader owns once it is there.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or no segment.</exception>
    /// <exception cref="NotSupportedException">It has features that are not supported.</exception>
    public static TableReader Open(Stream file) => new ParquetReader(file);
}
