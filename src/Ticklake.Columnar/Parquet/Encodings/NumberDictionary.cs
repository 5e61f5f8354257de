using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ticklake.Columnar.Parquet.Encodings;

/// <summary>
/// The distinct numbers of a column chunk in the order they were first seen: an open-addressing hash over their bits.
/// Kept
/// by a writer and cleared for each chunk.
/// </summary>
sealed class NumberDictionary
{
    const int SmallestCapacity = 1024;

    // An estimate may be far too high, and clearing a table of megabytes costs more than growing to it.
    const int LargestGuess = 1 << 16;

    Slot[] _slots = new Slot[SmallestCapacity];
    ulong[] _values = new ulong[SmallestCapacity / 2];
    int _shift;
    int _capacity;

    public NumberDictionary() => Clear();

    public int Count { get; private set; }

    public ReadOnlySpan<ulong> Values => _values.AsSpan(0, Count);

    /// <summary>Forgets the values and makes room for so many; for more the table has to grow.</summary>
    public void Clear(long likely = 0)
    {
        Count = 0;
        var capacity = BitOperations.RoundUpToPowerOf2((ulong)Math.Min(likely, LargestGuess) * 2);
        UseCapacity(Math.Max(SmallestCapacity, (int)capacity));
    }

    /// <summary>
    /// Gives each value its index; false as soon as more than <paramref name="limit"/> distinct values were seen.
    /// </summary>
    public bool TryEncode<T>(ReadOnlySpan<T> values, Span<int> indices, int limit)
        where T : unmanaged
    {
        if (values.IsEmpty)
            return true;
        var last = ~KeyOf(values[0]);
        var lastIndex = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var key = KeyOf(values[i]);
            if (key != last)
            {
                lastIndex = Add(key);
                last = key;
                if (lastIndex >= limit)
                    return false;
            }

            indices[i] = lastIndex;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Add(ulong key)
    {
        var slots = _slots;
        var at = (int)((key * 0x9E3779B97F4A7C15) >> _shift);
        while (true)
        {
            ref var slot = ref slots[at];
            if (slot.Key == key && slot.Number != 0)
                return slot.Number - 1;
            if (slot.Number == 0)
                return Insert(ref slot, key);
            at = (at + 1) & (_capacity - 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong KeyOf<T>(T value)
        where T : unmanaged =>
        Unsafe.SizeOf<T>() == 8 ? Unsafe.BitCast<T, ulong>(value) : Unsafe.BitCast<T, uint>(value);

    int Insert(ref Slot slot, ulong key)
    {
        if (Count == _values.Length)
            Array.Resize(ref _values, _values.Length * 2);
        _values[Count] = key;
        slot = new Slot { Key = key, Number = ++Count };
        if (Count * 2 > _capacity)
            Rehash();
        return Count - 1;
    }

    void Rehash()
    {
        UseCapacity(_capacity * 2);
        for (var i = 0; i < Count; i++)
        {
            var at = (int)((_values[i] * 0x9E3779B97F4A7C15) >> _shift);
            while (_slots[at].Number != 0)
                at = (at + 1) & (_capacity - 1);
            _slots[at] = new Slot { Key = _values[i], Number = i + 1 };
        }
    }

    void UseCapacity(int capacity)
    {
        if (_slots.Length < capacity)
            _slots = new Slot[capacity];
        else
            _slots.AsSpan(0, capacity).Clear();
        _capacity = capacity;
        _shift = 64 - System.Numerics.BitOperations.Log2((uint)capacity);
    }

    // Number is the index plus one, so that a cleared slot is an empty one.
    struct Slot
    {
        public ulong Key;
        public int Number;
    }
}
