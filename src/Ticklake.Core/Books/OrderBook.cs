using System.Buffers;
using System.Runtime.CompilerServices;
using Ticklake.Core.Events;

namespace Ticklake.Core.Books;

/// <summary>
/// An order book by order id (L3), each side ordered by price, best first, and within a price by ascending id.
/// Holds whatever it is told and never trims. One thread at a time.
/// </summary>
public sealed class OrderBook
{
    readonly LadderPair<BookOrder, ByPriceAndId> _sides = new();
    readonly OrderIndex _index = new();

    /// <summary>Best bid at or above best ask.</summary>
    public bool IsCrossed => _sides.IsCrossed;

    /// <summary>An order by its place from the best (0).</summary>
    public BookOrder this[BookSide side, int indexFromBest] => _sides[side].FromBest(indexFromBest);

    public int Count(BookSide side) => _sides[side].Count;

    /// <summary>
    /// Inserts an order, replaces price, amount and side of a known one, or deletes by id alone.
    /// </summary>
    /// <exception cref="ArgumentException">The price is none.</exception>
    public BookChange Apply(in BookOrder order)
    {
        ref var known = ref _index.Find(order.OrderId);
        var isKnown = !Unsafe.IsNullRef(ref known);
        if (order.IsDelete)
        {
            if (!isKnown)
                return BookChange.UnknownDelete;
            Remove(known);
            _index.Remove(order.OrderId);
            return BookChange.Deleted;
        }

        if (isKnown)
        {
            Replace(ref known, order);
            return BookChange.Updated;
        }

        Insert(order);
        _index.Add(order.OrderId, order.Side, order.Price);
        return BookChange.Inserted;
    }

    public void Clear()
    {
        _sides.Clear();
        _index.Clear();
    }

    public bool TryBest(BookSide side, out BookOrder order)
    {
        var orders = _sides[side];
        order = orders.Count > 0 ? orders.Best : default;
        return orders.Count > 0;
    }

    /// <summary>The orders of a side from the best on.</summary>
    public BookView<BookOrder> Orders(BookSide side) => _sides[side].View;

    /// <summary>Copies as many of the best orders as fit; returns how many.</summary>
    public int CopyTo(BookSide side, Span<BookOrder> destination) => Orders(side).CopyTo(destination);

    /// <summary>
    /// Writes the dump that books are compared by: bids by price descending, then asks ascending, ids ascending within
    /// a price, a line an order (<c>b 91820001 64210 0.5</c>). Returns the number of bytes.
    /// </summary>
    public int WriteCanonical(IBufferWriter<byte> destination)
    {
        var written = 0;
        foreach (ref readonly var order in Orders(BookSide.Bid))
            written += CanonicalLine.Write(destination, (byte)'b', order.OrderId, order.Price, order.Amount);
        foreach (ref readonly var order in Orders(BookSide.Ask))
            written += CanonicalLine.Write(destination, (byte)'a', order.OrderId, order.Price, order.Amount);
        return written;
    }

    void Insert(in BookOrder order)
    {
        var key = _sides.KeyOf(order.Side, order.Price);
        var side = _sides[order.Side];
        side.Find(key, order, out var place);
        side.Insert(place, key, order);
    }

    void Replace(ref OrderIndex.Entry known, in BookOrder order)
    {
        var key = _sides.KeyOf(order.Side, order.Price);
        var side = _sides[order.Side];
        if (known.Side == order.Side && side.Find(key, order, out var place))
        {
            // The same id at the same price: nothing moves.
            side[place] = order;
        }
        else
        {
            // Looking the old price up may change the scale, so the insertion computes its key anew.
            Remove(known);
            Insert(order);
        }

        known = new(order.OrderId, order.Price, order.Side, true);
    }

    void Remove(in OrderIndex.Entry known)
    {
        var side = _sides[known.Side];
        var order = new BookOrder(known.OrderId, known.Side, known.Price, default, true);
        if (side.Find(_sides.KeyOf(known.Side, known.Price), order, out var place))
            side.RemoveAt(place);
    }
}
