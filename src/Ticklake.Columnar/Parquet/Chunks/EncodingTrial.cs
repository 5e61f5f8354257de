using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>
/// Chooses between the encodings of a chunk of numbers by what the codec makes of a sample of each: what is smaller
/// before compression often is not so after it.
/// </summary>
sealed class EncodingTrial(PageSink sink, ChunkScratch scratch)
{
    // A page or two of a few values: whatever the choice saved would be lost in their headers.
    const int FewestValues = 1024;

    // Indices are small, values are not; each sample is some kilobytes, a fraction of a percent of a usual chunk.
    const int IndexSample = 4096;
    const int ValueSample = 2048;
    const int EntrySample = 2048;

    readonly DictionaryOrder _byValue = new();
    readonly DictionaryOrder _byFrequency = new();
    readonly int[] _indices = new int[IndexSample];

    // Of the dictionary that is cheapest so far; null where its entries stay in the order they were seen in.
    DictionaryOrder? _order;

    /// <summary>The dictionary's entries, in the order that was chosen.</summary>
    public ReadOnlySpan<ulong> Entries => _order is null ? scratch.Numbers.Values : _order.Entries;

    /// <summary>Bits of an index into <see cref="Entries"/>.</summary>
    public int Width => _order?.Width ?? Math.Max(1, BitPacker.WidthOf((ulong)scratch.Numbers.Count - 1));

    /// <summary>Whether deltas are whole bytes wide, where the encoding is one of deltas.</summary>
    public bool HasAlignedDeltas { get; private set; }

    /// <param name="values">The chunk's values.</param>
    /// <param name="hasDictionary">Whether the scratch holds a dictionary of them all, which promises to pay.</param>
    /// <param name="indices">Their indices into it; put into the order of <see cref="Entries"/>.</param>
    public PageEncoding Choose<T>(ReadOnlySpan<T> values, bool hasDictionary, Span<int> indices)
        where T : unmanaged
    {
        _order = null;
        HasAlignedDeltas = false;
        var encoding = typeof(T) == typeof(double) ? PageEncoding.Plain : PageEncoding.DeltaBinaryPacked;
        if (values.Length < FewestValues)
            return hasDictionary ? PageEncoding.RleDictionary : encoding;
        var cost = CostOf(values, ref encoding);
        if (!hasDictionary || DictionaryCost<T>(indices) >= cost)
            return encoding;
        _order?.Apply(indices, indices);
        return PageEncoding.RleDictionary;
    }

    /// <summary>Bytes that the whole chunk would take without a dictionary, and how it would be encoded then.</summary>
    double CostOf<T>(ReadOnlySpan<T> values, ref PageEncoding encoding)
        where T : unmanaged
    {
        var isDelta = encoding == PageEncoding.DeltaBinaryPacked;
        var sample = Middle(values, isDelta ? IndexSample : ValueSample);
        var body = NumberPages.Encode(encoding, sample, false, scratch.Body);
        // Deltas this narrow have nothing that another encoding could do better.
        const int NarrowDelta = 3;
        var isNarrow = isDelta && body.Length < sample.Length * NarrowDelta;
        var cost = sink.Measure(body);
        if (isDelta)
        {
            var aligned = sink.Measure(NumberPages.Encode(encoding, sample, true, scratch.Body));
            HasAlignedDeltas = aligned < cost;
            cost = Math.Min(cost, aligned);
        }

        if (!isNarrow)
        {
            // Of streams of bytes DuckDB reads only those of floating point numbers (1.5.6).
            var other = isDelta ? PageEncoding.Plain : PageEncoding.ByteStreamSplit;
            var otherCost = sink.Measure(NumberPages.Encode(other, sample, false, scratch.Body));
            if (otherCost < cost)
            {
                cost = otherCost;
                encoding = other;
            }
        }

        return (double)cost * values.Length / sample.Length;
    }

    /// <summary>Bytes that indices and entries would take in the best order, which is kept.</summary>
    double DictionaryCost<T>(ReadOnlySpan<int> indices)
        where T : unmanaged
    {
        var sample = Middle(indices, IndexSample);
        var scale = (double)indices.Length / sample.Length;
        var cost = DictionaryCost<T>(sample, scale);
        _byValue.SortByValue(scratch.Numbers.Values);
        _byFrequency.SortByFrequency(_byValue, indices);
        foreach (var order in (ReadOnlySpan<DictionaryOrder>)[_byValue, _byFrequency])
        {
            var before = _order;
            _order = order;
            order.Apply(sample, _indices);
            var other = DictionaryCost<T>(_indices.AsSpan(0, sample.Length), scale);
            if (other < cost)
                cost = other;
            else
                _order = before;
        }

        return cost;
    }

    double DictionaryCost<T>(ReadOnlySpan<int> sample, double scale)
        where T : unmanaged
    {
        var page = sink.Measure(NumberPages.EncodeIndices(sample, Width, scratch.Body));
        var entries = Middle(Entries, EntrySample);
        var dictionary = sink.Measure(NumberPages.EncodeEntries<T>(entries, scratch.Body));
        return (page * scale) + ((double)dictionary * Entries.Length / entries.Length);
    }

    static ReadOnlySpan<T> Middle<T>(ReadOnlySpan<T> values, int count) =>
        values.Length <= count ? values : values.Slice((values.Length - count) / 2, count);
}
