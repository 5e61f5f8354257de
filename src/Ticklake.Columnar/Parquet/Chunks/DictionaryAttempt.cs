using System.Runtime.CompilerServices;
using Ticklake.Columnar.Parquet.Encodings;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>
/// Builds the dictionary of a chunk of numbers where that promises to pay: a sample first, so that it is only begun
/// where values repeat, and given up where it does not keep the promise.
/// </summary>
static class DictionaryAttempt
{
    const int SampleSize = 2048;
    const int TrialSize = 1 << 16;
    const int LargestDictionary = 1 << 17;

    /// <summary>
    /// Whether <paramref name="dictionary"/> and <paramref name="indices"/> are filled, and smaller than the values are
    /// otherwise before compression.
    /// </summary>
    public static bool TryBuild<T>(ReadOnlySpan<T> values, NumberDictionary dictionary, Span<int> indices)
        where T : unmanaged
    {
        if (values.IsEmpty)
            return false;
        var otherBits = typeof(T) == typeof(double) ? 64 : DeltaBits(values);
        var likely = EstimateDistinct(values, dictionary, indices);
        var limit = LargestAffordable(values.Length, Unsafe.SizeOf<T>() * 8, otherBits);
        if (likely > limit + (limit / 4))
            return false;
        dictionary.Clear(likely);
        return TryDictionary(values, dictionary, indices, limit);
    }

    static bool TryDictionary<T>(
        ReadOnlySpan<T> values, NumberDictionary dictionary, Span<int> indices, int limit)
        where T : unmanaged
    {
        if (values.Length <= TrialSize * 2)
            return dictionary.TryEncode(values, indices, limit);
        // The sample may deceive where a few values are very frequent. Most of what is new at the end of a long trial
        // will
        // stay new, and filling the whole dictionary only to give it up is the most expensive way to find out.
        const int Late = TrialSize * 3 / 4;
        if (!dictionary.TryEncode(values[..Late], indices, limit))
            return false;
        var before = dictionary.Count;
        if (!dictionary.TryEncode(values[Late..TrialSize], indices[Late..], limit))
            return false;
        return dictionary.Count - before < (TrialSize - Late) * 2 / 5
            && dictionary.TryEncode(values[TrialSize..], indices[TrialSize..], limit);
    }

    /// <summary>
    /// The most distinct values with which dictionary and indices are smaller than the other encoding.
    /// </summary>
    static int LargestAffordable(int count, int valueBits, double otherBits)
    {
        var largest = 1;
        for (var bits = 1; bits <= 17; bits++)
        {
            var affordable = (long)(count * (otherBits - bits) / valueBits);
            if (affordable <= 1 << (bits - 1))
                break;
            largest = (int)Math.Min(affordable, 1 << bits);
        }

        return Math.Min(largest, LargestDictionary);
    }

    /// <summary>
    /// How many distinct values there probably are, by Chao's estimate from a sample spread over all of them: those
    /// seen,
    /// and once² / (2 × twice) more. Unlike the mere number of repeats it is not misled by a few very frequent values.
    /// </summary>
    static long EstimateDistinct<T>(ReadOnlySpan<T> values, NumberDictionary dictionary, Span<int> indices)
        where T : unmanaged
    {
        if (values.Length <= 2 * SampleSize)
            return 1;
        Span<T> sample = stackalloc T[SampleSize];
        for (var i = 0; i < SampleSize; i++)
            sample[i] = values[(int)((long)i * values.Length / SampleSize)];
        dictionary.Clear();
        dictionary.TryEncode<T>(sample, indices, int.MaxValue);
        Span<short> occurrences = stackalloc short[SampleSize];
        occurrences.Clear();
        foreach (var index in indices[..SampleSize])
            occurrences[index]++;
        long once = occurrences.Count((short)1);
        long twice = occurrences.Count((short)2);
        return dictionary.Count + (once * once / (2 * Math.Max(1, twice)));
    }

    /// <summary>Bits a value that delta encoding would take, from blocks spread over the chunk.</summary>
    static double DeltaBits<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        const int Blocks = 16;
        const int Window = DeltaEncoder.BlockSize + 1;
        Span<long> window = stackalloc long[Window];
        long bytes = 0;
        long seen = 0;
        var blocks = Math.Clamp(values.Length / Window, 1, Blocks);
        for (var i = 0; i < blocks; i++)
        {
            var start = (int)((long)i * Math.Max(0, values.Length - Window) / blocks);
            var some = values.Slice(start, Math.Min(Window, values.Length - start));
            if (some.Length < 2)
                return 64;
            for (var j = 0; j < some.Length; j++)
                window[j] = Widen(some[j]);
            // Four widths and the smallest difference go before each block.
            bytes += DeltaEncoder.EstimateBlock(window[..some.Length]) + 7;
            seen += some.Length - 1;
        }

        return bytes * 8.0 / seen;
    }

    static long Widen<T>(T value)
        where T : unmanaged =>
        Unsafe.SizeOf<T>() == 8 ? Unsafe.BitCast<T, long>(value) : Unsafe.BitCast<T, int>(value);
}
