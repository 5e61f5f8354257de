namespace Ticklake.Columnar.Arrow;

/// <summary>How the buffers of a batch are compressed. LZ4, the format's other codec, is neither written nor read.</summary>
public enum ArrowCompression : byte
{
    None,
    Zstd,
}

/// <summary>Choices of an Arrow writer.</summary>
public sealed record ArrowWriterOptions
{
    public ArrowCompression Compression { get; init; } = ArrowCompression.Zstd;

    /// <summary>zstd level, 1 to 19.</summary>
    public int CompressionLevel { get; init; } = 3;

    /// <summary>
    /// The text columns to write with a dictionary. Null lets the first record batch decide: columns given as codes or
    /// constants, and those whose texts repeat.
    /// </summary>
    public IReadOnlyList<string>? DictionaryColumns { get; init; }
}
