using Ticklake.Core.Events;

namespace Ticklake.Runtime.Export.Tardis;

/// <summary>
/// Rows of <c>incremental_book_L2</c>. Each file, and each book after a hole, begins with the whole book as
/// <c>is_snapshot</c> rows. One thread.
/// </summary>
/// <remarks>
/// The documented way of reading discards the book where a snapshot row follows one that is none. Two whole books in a row
/// could not be told apart, so the second one also deletes (amount 0) what only the first had.
/// </remarks>
sealed class IncrementalRows(TardisTable table)
{
    readonly List<BookLevel> _block = [];
    bool _isBehindBlock;

    public void Take(in BookMoment moment)
    {
        if (moment.Step is StoredStep.LeftOut or StoredStep.NoNews || !table.TryEnter(moment.LocalUs, out var isNew))
            return;
        if (isNew)
            _isBehindBlock = false;
        if (isNew || moment.Step == StoredStep.Whole)
        {
            WriteBlock(moment);
            return;
        }

        foreach (ref readonly var level in moment.Levels)
            Write(moment, level, "false"u8);
        _isBehindBlock &= moment.Levels.IsEmpty;
    }

    void WriteBlock(in BookMoment moment)
    {
        if (_isBehindBlock)
        {
            var kept = new HashSet<(BookSide, Core.Numbers.ExactDecimal)>();
            foreach (var side in (ReadOnlySpan<BookSide>)[BookSide.Bid, BookSide.Ask])
            {
                foreach (ref readonly var level in moment.Book.Levels(side))
                    kept.Add((side, level.Price));
            }

            foreach (var level in _block.Where(l => !kept.Contains((l.Side, l.Price))))
                Write(moment, level with { Amount = Core.Numbers.ExactDecimal.Zero }, "true"u8);
        }

        _block.Clear();
        foreach (var side in (ReadOnlySpan<BookSide>)[BookSide.Bid, BookSide.Ask])
        {
            foreach (ref readonly var level in moment.Book.Levels(side))
            {
                Write(moment, level, "true"u8);
                _block.Add(level);
            }
        }

        _isBehindBlock = true;
    }

    void Write(in BookMoment moment, in BookLevel level, ReadOnlySpan<byte> isSnapshot)
    {
        table.Line.Begin(moment.ExchangeUs, moment.LocalUs).Add(isSnapshot)
            .Add(level.Side == BookSide.Bid ? "bid"u8 : "ask"u8).Add(level.Price).Add(level.Amount);
        table.Write();
    }
}
