using Ticklake.Columnar.Parquet.Encodings;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>The memory that every column chunk of a writer is built in, one after the other.</summary>
sealed class ChunkScratch
{
    int[] _indices = [];

    public NullFlags Nulls { get; } = new();

    public ByteBuffer Levels { get; } = new();

    public ByteBuffer Body { get; } = new(4096);

    public NumberDictionary Numbers { get; } = new();

    public TextDictionary Texts { get; } = new();

    public Span<int> Indices(int count)
    {
        if (_indices.Length < count)
            _indices = new int[count];
        return _indices.AsSpan(0, count);
    }
}
