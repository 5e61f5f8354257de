using Ticklake.Columnar.Parquet;

namespace Ticklake.Runtime.Viewing;

/// <summary>One column of a Parquet file, summed over its row groups.</summary>
public sealed record ColumnOutline
{
    public ColumnOutline(ParquetOutline file, int column)
    {
        var leaf = file.Columns[column];
        var chunks = file.RowGroups.Select(g => g.Columns[column]).ToList();
        Name = leaf.Path;
        Type = leaf.LogicalType.Length > 0 ? $"{leaf.PhysicalType} {leaf.LogicalType}" : leaf.PhysicalType;
        Repetition = leaf.Repetition;
        Nulls = chunks.TrueForAll(c => c.Nulls is not null) ? chunks.Sum(c => c.Nulls) : null;
        Encodings = [.. chunks.SelectMany(c => c.Encodings).Distinct()];
        Codecs = [.. chunks.Select(c => c.Codec).Distinct()];
        CompressedBytes = chunks.Sum(c => c.CompressedBytes);
        UncompressedBytes = chunks.Sum(c => c.UncompressedBytes);
    }

    public string Name { get; }

    public string Type { get; }

    public string Repetition { get; }

    /// <summary>Null where the file does not say.</summary>
    public long? Nulls { get; }

    public IReadOnlyList<string> Encodings { get; }

    public IReadOnlyList<string> Codecs { get; }

    public long CompressedBytes { get; }

    public long UncompressedBytes { get; }

    /// <summary>For people: whether there may be nulls, and how many there are.</summary>
    public string Nullability => Repetition switch
    {
        "required" => "no",
        "optional" => Nulls is { } nulls ? $"yes, {nulls:N0}" : "yes",
        _ => Repetition,
    };
}
