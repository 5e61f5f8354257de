using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ticklake.Core.Books;

/// <summary>
/// A run of neighbouring items of a <see cref="Ladder{TItem, TOrder}"/> in ascending order of their keys: small enough
/// that an insertion moves little, large enough that few are needed. Keys move, items stay in their slots.
/// </summary>
sealed class LadderChunk<TItem>
    where TItem : struct
{
    // As many as there are bits in the set of free slots.
    internal const int Capacity = 64;

    // Unused keys hold the largest value, so that a search may always look at all of them.
    internal readonly long[] Keys = new long[Capacity];
    internal int Count;

    // The slot of each place, and the items by slot.
    readonly byte[] _slots = new byte[Capacity];
    readonly TItem[] _items = new TItem[Capacity];
    ulong _freeSlots = ulong.MaxValue;

    internal LadderChunk() => Keys.AsSpan().Fill(long.MaxValue);

    internal ref TItem this[int index] => ref _items[_slots[index]];

    /// <summary>
    /// How many keys are less. Comparing all of them without a branch is faster than the mispredictions of a binary
    /// search over so few.
    /// </summary>
    internal int CountBelow(long key)
    {
        var keys = MemoryMarshal.Cast<long, Vector256<long>>(Keys.AsSpan());
        var wanted = Vector256.Create(key);
        var below = Vector256<long>.Zero;
        var blocks = (Count + Vector256<long>.Count - 1) / Vector256<long>.Count;
        for (var i = 0; i < blocks && i < keys.Length; i++)
            below -= Vector256.LessThan(keys[i], wanted);
        return (int)Vector256.Sum(below);
    }

    internal void Insert(int index, long key, in TItem item)
    {
        var slot = BitOperations.TrailingZeroCount(_freeSlots);
        _freeSlots &= _freeSlots - 1;
        var moved = Count - index;
        Keys.AsSpan(index, moved).CopyTo(Keys.AsSpan(index + 1));
        _slots.AsSpan(index, moved).CopyTo(_slots.AsSpan(index + 1));
        Keys[index] = key;
        _slots[index] = (byte)slot;
        _items[slot] = item;
        Count++;
    }

    internal void RemoveAt(int index)
    {
        _freeSlots |= 1UL << _slots[index];
        Count--;
        var moved = Count - index;
        Keys.AsSpan(index + 1, moved).CopyTo(Keys.AsSpan(index));
        _slots.AsSpan(index + 1, moved).CopyTo(_slots.AsSpan(index));
        Keys[Count] = long.MaxValue;
    }

    /// <summary>Moves everything from an index on behind the items of another chunk.</summary>
    internal void MoveTo(LadderChunk<TItem> other, int from)
    {
        for (var i = from; i < Count; i++)
        {
            other.Insert(other.Count, Keys[i], this[i]);
            _freeSlots |= 1UL << _slots[i];
            Keys[i] = long.MaxValue;
        }

        Count = from;
    }

    internal void MultiplyKeys(long factor)
    {
        foreach (ref var key in Keys.AsSpan(0, Count))
            key *= factor;
    }

    internal void Clear()
    {
        Keys.AsSpan(0, Count).Fill(long.MaxValue);
        _freeSlots = ulong.MaxValue;
        Count = 0;
    }
}
