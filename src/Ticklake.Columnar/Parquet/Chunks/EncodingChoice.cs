using System.Runtime.CompilerServices;
using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>
/// Chooses the encoding of a chunk of numbers from the numbers themselves: a sample first, so that a dictionary is only
/// begun where it promises to pay, and given up where it does not keep the promise.
/// </summary>
static class EncodingChoice
{
    const int SampleSize = 2048;
    const int LargestDictionary = 1 << 17;

    /// <summary>The encoding; for a dictionary, with <paramref name="dictionary"/> and <paramref name="indices"/> filled.</summary>
    public static PageEncoding Of<T>(ReadOnlySpan<T> values, NumberDictionary dictionary, Span<int> indices)
        where T : unmanaged
    {
        var other = typeof(T) == typeof(double) ? PageEncoding.Plain : PageEncoding.DeltaBinaryPacked;
        if (values.IsEmpty)
            return PageEncoding.Plain;
        var otherBits = typeof(T) == typeof(double) ? 64 : DeltaBits(values);
        var likely = EstimateDistinct(values, dictionary, indices);
        var limit = LargestAffordable(values.Length, Unsafe.SizeOf<T>() * 8, otherBits);
        if (likely > 2L * limit)
            return other;
        dictionary.Clear();
        return dictionary.TryEncode(values, indices, limit) ? PageEncoding.RleDictionary : other;
    }

    /// <summary>The most distinct values with which dictionary and indices are smaller than the other encoding.</summary>
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
    /// How many distinct values there probably are, from how often a sample spread over all of them repeats itself:
    /// s values out of D kinds meet about s² / 2D times.
    /// </summary>
    static long EstimateDistinct<T>(ReadOnlySpan<T> values, NumberDictionary dictionary, Span<int> indices)
        where T : unmanaged
    {
        if (values.Length <= 2 * SampleSize)
            return 1;
        dictionary.Clear();
        Span<T> sample = stackalloc T[SampleSize];
        for (var i = 0; i < SampleSize; i++)
            sample[i] = values[(int)((long)i * values.Length / SampleSize)];
        dictionary.TryEncode<T>(sample, indices, int.MaxValue);
        var repeats = SampleSize - dictionary.Count;
        return repeats > SampleSize / 2 ? dictionary.Count : (long)SampleSize * SampleSize / (2L * Math.Max(1, repeats));
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
