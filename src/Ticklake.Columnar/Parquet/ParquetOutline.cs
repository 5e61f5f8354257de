using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet;

/// <summary>
/// What the footer of any Parquet file says, in the specification's words: also of files with columns, encodings or codecs
/// that <see cref="ParquetReader"/> does not read.
/// </summary>
public sealed record ParquetOutline
{
    const int MostFooterBytes = 256 << 20;

    public int Version { get; init; }

    public long Rows { get; init; }

    public string CreatedBy { get; init; } = "";

    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    /// <summary>The leaves of the schema, in the order of the column chunks.</summary>
    public IReadOnlyList<ParquetLeaf> Columns { get; init; } = [];

    public IReadOnlyList<ParquetOutlineGroup> RowGroups { get; init; } = [];

    /// <exception cref="InvalidDataException">It is no Parquet file, or its footer is damaged.</exception>
    /// <exception cref="NotSupportedException">Its footer is encrypted.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ParquetOutline Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
        return OutlineReader.Read(FooterBytes.Read(stream, MostFooterBytes));
    }
}

/// <summary>A column that holds values.</summary>
/// <param name="Path">Its name, those of the groups around it before it, by dots.</param>
/// <param name="PhysicalType"><c>INT64</c>.</param>
/// <param name="LogicalType"><c>TIMESTAMP(MICROS,UTC)</c>, or empty.</param>
/// <param name="Repetition"><c>required</c>, <c>optional</c> or <c>repeated</c>.</param>
public sealed record ParquetLeaf(string Path, string PhysicalType, string LogicalType, string Repetition);

/// <summary>A row group.</summary>
public sealed record ParquetOutlineGroup(long Rows, IReadOnlyList<ParquetOutlineChunk> Columns)
{
    public long CompressedBytes => Columns.Sum(c => c.CompressedBytes);

    public long UncompressedBytes => Columns.Sum(c => c.UncompressedBytes);
}

/// <summary>One column of one row group.</summary>
public sealed record ParquetOutlineChunk
{
    public string Codec { get; init; } = "";

    public IReadOnlyList<string> Encodings { get; init; } = [];

    public long Values { get; init; }

    public long? Nulls { get; init; }

    public long CompressedBytes { get; init; }

    public long UncompressedBytes { get; init; }
}
