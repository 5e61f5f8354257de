using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Runtime.Export.Tardis;

/// <summary>
/// Rows of <c>book_snapshot_N</c> and <c>quotes</c>: the best levels wherever one of them changes, of a book that is sound
/// and not in the instant between two messages where its sides overlap. One thread.
/// </summary>
sealed class LevelRows(TardisTable table)
{
    readonly BookLevel[] _last = new BookLevel[table.Type.Levels * 2];
    readonly BookLevel[] _now = new BookLevel[table.Type.Levels * 2];
    bool _hasLast;

    public void Take(in BookMoment moment)
    {
        if (moment.Step == StoredStep.LeftOut || moment.Book.IsCrossed)
        {
            _hasLast = false;
            return;
        }

        if (moment.Step == StoredStep.NoNews)
            return;
        var levels = table.Type.Levels;
        Fill(moment.Book, BookSide.Ask, _now.AsSpan(0, levels));
        Fill(moment.Book, BookSide.Bid, _now.AsSpan(levels));
        // Its own condition, for a new day begins with a row of its own.
        if (!table.TryEnter(moment.LocalUs, out var isNew))
            return;
        if (_hasLast && !isNew && _now.AsSpan().SequenceEqual(_last))
            return;
        _now.CopyTo(_last, 0);
        _hasLast = true;
        Write(moment);
    }

    static void Fill(PriceBook book, BookSide side, Span<BookLevel> levels)
    {
        var count = book.CopyTo(side, levels);
        levels[count..].Fill(new BookLevel(side, ExactDecimal.None, ExactDecimal.None));
        // How many orders stand at a level is no column.
        for (var i = 0; i < count; i++)
            levels[i] = levels[i] with { Count = -1 };
    }

    void Write(in BookMoment moment)
    {
        var line = table.Line.Begin(moment.ExchangeUs, moment.LocalUs);
        var asks = _now.AsSpan(0, table.Type.Levels);
        var bids = _now.AsSpan(table.Type.Levels);
        if (table.Type == TardisType.Quotes)
            line.Add(asks[0].Amount).Add(asks[0].Price).Add(bids[0].Price).Add(bids[0].Amount);
        else
        {
            for (var i = 0; i < asks.Length; i++)
                line.Add(asks[i].Price).Add(asks[i].Amount).Add(bids[i].Price).Add(bids[i].Amount);
        }

        table.Write();
    }
}
