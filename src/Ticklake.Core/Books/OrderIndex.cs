using System.Runtime.CompilerServices;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Core.Books;

/// <summary>
/// Where an order stands, by its id: an open-addressing table with linear probing that closes the hole a deletion
/// leaves, so that it never fills with tombstones. Allocates only while growing.
/// </summary>
sealed class OrderIndex
{
    const int InitialCapacity = 256;

    Entry[] _entries = new Entry[InitialCapacity];

    internal int Count { get; private set; }

    int Mask => _entries.Length - 1;

    /// <summary>The order's entry, or a null reference.</summary>
    internal ref Entry Find(long orderId)
    {
        for (var at = Home(orderId); _entries[at].IsUsed; at = (at + 1) & Mask)
        {
            if (_entries[at].OrderId == orderId)
                return ref _entries[at];
        }

        return ref Unsafe.NullRef<Entry>();
    }

    /// <summary>Adds an order that is not in the table.</summary>
    internal void Add(long orderId, BookSide side, in ExactDecimal price)
    {
        // At most half full: probes stay short even for the consecutive ids that exchanges give.
        if (2 * (Count + 1) > _entries.Length)
            Grow();
        var at = Home(orderId);
        while (_entries[at].IsUsed)
            at = (at + 1) & Mask;
        _entries[at] = new(orderId, price, side, true);
        Count++;
    }

    internal void Remove(long orderId)
    {
        var hole = Home(orderId);
        while (_entries[hole].OrderId != orderId || !_entries[hole].IsUsed)
            hole = (hole + 1) & Mask;
        for (var at = (hole + 1) & Mask; _entries[at].IsUsed; at = (at + 1) & Mask)
        {
            // An entry may move into the hole unless its home lies cyclically behind the hole.
            if (((at - Home(_entries[at].OrderId)) & Mask) < ((at - hole) & Mask))
                continue;
            _entries[hole] = _entries[at];
            hole = at;
        }

        _entries[hole] = default;
        Count--;
    }

    internal void Clear()
    {
        Array.Clear(_entries);
        Count = 0;
    }

    // Multiplication by 2^64 / golden ratio spreads neighbouring ids; its high bits are the well mixed ones.
    int Home(long orderId) => (int)((ulong)orderId * 0x9E37_79B9_7F4A_7C15 >> 32) & Mask;

    void Grow()
    {
        var old = _entries;
        _entries = new Entry[old.Length * 2];
        Count = 0;
        foreach (ref readonly var entry in old.AsSpan())
        {
            if (entry.IsUsed)
                Add(entry.OrderId, entry.Side, entry.Price);
        }
    }

    /// <summary>What has to be known to find the order on its side.</summary>
    internal record struct Entry(long OrderId, ExactDecimal Price, BookSide Side, bool IsUsed);
}
