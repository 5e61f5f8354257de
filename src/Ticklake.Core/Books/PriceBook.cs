using System.Buffers;
using Ticklake.Core.Events;

namespace Ticklake.Core.Books;

/// <summary>
/// An order book by price (L2). Holds whatever it is told, crossed or not, and trims only when told to. One thread at a time.
/// </summary>
public sealed class PriceBook
{
    readonly LadderPair<BookLevel, ByPrice> _sides = new();

    /// <summary>Best bid at or above best ask.</summary>
    public bool IsCrossed => _sides.IsCrossed;

    /// <summary>A level by its place from the best (0).</summary>
    public BookLevel this[BookSide side, int indexFromBest] => _sides[side].FromBest(indexFromBest);

    public int Count(BookSide side) => _sides[side].Count;

    /// <summary>
    /// Sets a level, or deletes it where the amount is zero. Price and amount are kept as written by the last update.
    /// </summary>
    /// <exception cref="ArgumentException">The price is none.</exception>
    public BookChange Apply(in BookLevel level)
    {
        var key = _sides.KeyOf(level.Side, level.Price);
        var side = _sides[level.Side];
        var isKnown = side.Find(key, level, out var place);
        if (level.Amount.IsZero)
        {
            if (!isKnown)
                return BookChange.UnknownDelete;
            side.RemoveAt(place);
            return BookChange.Deleted;
        }

        if (isKnown)
        {
            var old = side[place];
            side[place] = level;
            return old.Amount.Mantissa == level.Amount.Mantissa && old.Amount.Scale == level.Amount.Scale
                && old.Count == level.Count ? BookChange.Unchanged : BookChange.Updated;
        }

        side.Insert(place, key, level);
        return BookChange.Inserted;
    }

    public void Clear() => _sides.Clear();

    /// <summary>Forgets the worst levels of each side until so many are left.</summary>
    public void Trim(int levels)
    {
        _sides[BookSide.Bid].TrimTo(levels);
        _sides[BookSide.Ask].TrimTo(levels);
    }

    public bool TryBest(BookSide side, out BookLevel level)
    {
        var levels = _sides[side];
        level = levels.Count > 0 ? levels.Best : default;
        return levels.Count > 0;
    }

    /// <summary>The levels of a side from the best on.</summary>
    public BookView<BookLevel> Levels(BookSide side) => _sides[side].View;

    /// <summary>Copies as many of the best levels as fit; returns how many.</summary>
    public int CopyTo(BookSide side, Span<BookLevel> destination) => Levels(side).CopyTo(destination);

    /// <summary>
    /// Writes the dump that books are compared by: bids by price descending, then asks ascending, a line a level
    /// (<c>b 6445.8 11.31677029</c>), plain decimals without trailing zeros. Returns the number of bytes.
    /// </summary>
    public int WriteCanonical(IBufferWriter<byte> destination)
    {
        var written = 0;
        foreach (ref readonly var level in Levels(BookSide.Bid))
            written += CanonicalLine.Write(destination, (byte)'b', null, level.Price, level.Amount);
        foreach (ref readonly var level in Levels(BookSide.Ask))
            written += CanonicalLine.Write(destination, (byte)'a', null, level.Price, level.Amount);
        return written;
    }
}
