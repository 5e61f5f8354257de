using System.Runtime.InteropServices;

namespace Ticklake.Columnar;

/// <summary>
/// The distinct texts of a column chunk in the order they were first seen. Kept by a writer, cleared for each chunk.
/// </summary>
sealed class TextDictionary
{
    const int SmallestCapacity = 256;

    byte[] _bytes = new byte[4096];
    int[] _offsets = new int[SmallestCapacity];
    uint[] _hashes = new uint[SmallestCapacity];
    int[] _slots = new int[SmallestCapacity];
    int _capacity;

    public TextDictionary() => Clear();

    public int Count { get; private set; }

    public int ByteCount => _offsets[Count];

    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(_offsets[index].._offsets[index + 1]);

    public void Clear()
    {
        Count = 0;
        UseCapacity(SmallestCapacity);
    }

    /// <summary>The index of <paramref name="text"/>, added where it is new.</summary>
    public int Add(ReadOnlySpan<byte> text)
    {
        var hash = Hash(text);
        var at = (int)(hash & (uint)(_capacity - 1));
        for (; _slots[at] != 0; at = (at + 1) & (_capacity - 1))
        {
            var index = _slots[at] - 1;
            if (_hashes[index] == hash && this[index].SequenceEqual(text))
                return index;
        }

        Append(text, hash);
        _slots[at] = Count;
        if (Count * 2 > _capacity)
            Rehash();
        return Count - 1;
    }

    /// <summary>Not for the outside world: fast, the same in every run, no defence against chosen keys.</summary>
    public static uint Hash(ReadOnlySpan<byte> text)
    {
        const ulong Prime = 0x9E3779B97F4A7C15;
        var hash = (ulong)text.Length * Prime;
        while (text.Length >= 8)
        {
            hash = ulong.RotateLeft(hash ^ MemoryMarshal.Read<ulong>(text), 29) * Prime;
            text = text[8..];
        }

        var rest = 0UL;
        foreach (var b in text)
            rest = (rest << 8) | b;
        hash = (hash ^ rest) * Prime;
        return (uint)(hash >> 32);
    }

    void Append(ReadOnlySpan<byte> text, uint hash)
    {
        if (Count + 2 > _offsets.Length)
        {
            Array.Resize(ref _offsets, _offsets.Length * 2);
            Array.Resize(ref _hashes, _hashes.Length * 2);
        }

        var start = _offsets[Count];
        if (_bytes.Length - start < text.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, start + text.Length));
        text.CopyTo(_bytes.AsSpan(start));
        _hashes[Count] = hash;
        _offsets[++Count] = start + text.Length;
    }

    void Rehash()
    {
        UseCapacity(_capacity * 2);
        for (var i = 0; i < Count; i++)
        {
            var at = (int)(_hashes[i] & (uint)(_capacity - 1));
            while (_slots[at] != 0)
                at = (at + 1) & (_capacity - 1);
            _slots[at] = i + 1;
        }
    }

    void UseCapacity(int capacity)
    {
        if (_slots.Length < capacity)
            _slots = new int[capacity];
        else
            _slots.AsSpan(0, capacity).Clear();
        _capacity = capacity;
    }
}
