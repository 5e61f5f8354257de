using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ticklake.Core.Books;

/// <summary>
/// A run of neighbouring items of a <see cref="Ladder{TItem, TOrder}"/> in ascending order of their keys: small enough
/// that an insertion moves little, large enough that few are needed.
/// </summary>
sealed class LadderChunk<TItem>
    where TItem : struct
{
    internal const int Capacity = 64;

    // Unused keys hold the largest value, so that a search may always look at all of them.
    internal readonly long[] Keys = new long[Capacity];
    internal readonly TItem[] Items = new TItem[Capacity];
    internal int Count;

    internal LadderChunk() => Keys.AsSpan().Fill(long.MaxValue);

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
        var moved = Count - index;
        Keys.AsSpan(index, moved).CopyTo(Keys.AsSpan(index + 1));
        Items.AsSpan(index, moved).CopyTo(Items.AsSpan(index + 1));
        Keys[index] = key;
        Items[index] = item;
        Count++;
    }

    internal void RemoveAt(int index)
    {
        Count--;
        var moved = Count - index;
        Keys.AsSpan(index + 1, moved).CopyTo(Keys.AsSpan(index));
        Items.AsSpan(index + 1, moved).CopyTo(Items.AsSpan(index));
        Keys[Count] = long.MaxValue;
    }

    /// <summary>Moves everything from an index on behind the items of another chunk.</summary>
    internal void MoveTo(LadderChunk<TItem> other, int from)
    {
        var moved = Count - from;
        Keys.AsSpan(from, moved).CopyTo(other.Keys.AsSpan(other.Count));
        Items.AsSpan(from, moved).CopyTo(other.Items.AsSpan(other.Count));
        Keys.AsSpan(from, moved).Fill(long.MaxValue);
        other.Count += moved;
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
        Count = 0;
    }
}
