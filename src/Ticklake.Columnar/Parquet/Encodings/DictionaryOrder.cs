namespace Ticklake.Columnar.Parquet.Encodings;

/// <summary>
/// A dictionary's entries in another order than they were seen in, and where each went. Indices into it are whole bytes
/// wide, so that a codec sees what they have in common.
/// </summary>
sealed class DictionaryOrder
{
    ulong[] _entries = [];
    ulong[] _keys = [];
    int[] _ranks = [];
    int[] _scratch = [];
    int _count;

    public ReadOnlySpan<ulong> Entries => _entries.AsSpan(0, _count);

    /// <summary>The place of each entry, by the order they were seen in.</summary>
    public ReadOnlySpan<int> Ranks => _ranks.AsSpan(0, _count);

    /// <summary>Bits of an index.</summary>
    public int Width => Math.Max(8, (BitPacker.WidthOf((ulong)Math.Max(0, _count - 1)) + 7) & ~7);

    /// <summary>Ascending by their bits: what is close in value is close in the dictionary and as an index.</summary>
    public void SortByValue(ReadOnlySpan<ulong> seen)
    {
        Reserve(seen.Length);
        var places = _scratch.AsSpan(0, _count);
        for (var i = 0; i < places.Length; i++)
            places[i] = i;
        seen.CopyTo(_entries);
        _entries.AsSpan(0, _count).Sort(places);
        for (var i = 0; i < places.Length; i++)
            _ranks[places[i]] = i;
    }

    /// <summary>The most frequent first, those equally frequent by value: small indices become likely.</summary>
    public void SortByFrequency(DictionaryOrder byValue, ReadOnlySpan<int> indices)
    {
        Reserve(byValue._count);
        var counts = _scratch.AsSpan(0, _count);
        counts.Clear();
        foreach (var index in indices)
            counts[index]++;
        var keys = _keys.AsSpan(0, _count);
        for (var i = 0; i < keys.Length; i++)
            keys[i] = ((ulong)(uint)~counts[i] << 32) | (uint)byValue._ranks[i];
        keys.Sort();
        var places = counts;
        for (var i = 0; i < keys.Length; i++)
        {
            var rank = (int)keys[i];
            _entries[i] = byValue._entries[rank];
            places[rank] = i;
        }

        for (var i = 0; i < places.Length; i++)
            _ranks[i] = places[byValue._ranks[i]];
    }

    public void Apply(ReadOnlySpan<int> seen, Span<int> indices)
    {
        var ranks = Ranks;
        for (var i = 0; i < seen.Length; i++)
            indices[i] = ranks[seen[i]];
    }

    void Reserve(int count)
    {
        _count = count;
        if (_entries.Length >= count)
            return;
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count);
        _entries = new ulong[size];
        _keys = new ulong[size];
        _ranks = new int[size];
        _scratch = new int[size];
    }
}
