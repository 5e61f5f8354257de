namespace Ticklake.Columnar.Parquet.Reading;

/// <summary>Memory that the pages of all chunks are decoded in, one page at a time.</summary>
sealed class ReadScratch
{
    int[] _levels = [];
    int[] _indices = [];
    long[] _numbers = [];

    public Span<int> Levels(int count) => Grown(ref _levels, count);

    public Span<int> Indices(int count) => Grown(ref _indices, count);

    public Span<long> Numbers(int count) => Grown(ref _numbers, count);

    static Span<T> Grown<T>(ref T[] memory, int count)
    {
        if (memory.Length < count)
            memory = GC.AllocateUninitializedArray<T>(count);
        return memory.AsSpan(0, count);
    }
}
