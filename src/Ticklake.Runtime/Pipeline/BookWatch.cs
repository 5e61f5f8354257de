using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// Looks at one book of a session for the streams derived from it, and says when it can be trusted. Session thread only.
/// </summary>
/// <param name="book">The book's stream.</param>
/// <param name="touched">Where the watch enters itself when its book changes.</param>
sealed class BookWatch(RowSlot book, List<BookWatch> touched)
{
    BookTickerEvent _last;
    bool _hasLast;
    bool _isTouched;

    public PriceBook Book => book.State.Book?.Book ?? book.State.Chained!.Book;

    /// <summary>What the exchange said of the last update.</summary>
    public EventStamp Stamp { get; private set; } = EventStamp.Empty;

    /// <summary>The update id that the book stands at, or <see cref="EventStamp.None"/>.</summary>
    public long UpdateId { get; private set; } = EventStamp.None;

    /// <summary>
    /// The book is whole by this session's own lines, and not in the instant between two messages where it may be crossed.
    /// </summary>
    public bool IsSound => book.Own is null && book.State.BookStatus == BookStatus.Valid && !Book.IsCrossed;

    /// <summary>The stream of its best prices, or null.</summary>
    public RowSlot? BestPrices { get; set; }

    /// <summary>All streams that are derived from the book.</summary>
    public List<RowSlot> Slots { get; } = [];

    /// <summary>An update or a snapshot, before the book takes it.</summary>
    public void Take(in BookUpdate update)
    {
        Stamp = update.Stamp;
        UpdateId = update.LastUpdateId;
        if (_isTouched)
            return;
        _isTouched = true;
        touched.Add(this);
    }

    /// <summary>What was known of the book ends here: its next sound state is news.</summary>
    public void Forget() => _hasLast = false;

    /// <summary>The line that touched the book has been processed.</summary>
    public void EndLine()
    {
        _isTouched = false;
        if (book.State.Chained is { } chained && chained.BookId != EventStamp.None)
            UpdateId = chained.BookId;
    }

    /// <summary>The best prices, where they have changed since the last time.</summary>
    public bool TryTakeNews(out BookTickerEvent news)
    {
        news = default;
        if (!IsSound)
        {
            Forget();
            return false;
        }

        Book.TryBest(BookSide.Bid, out var bid);
        Book.TryBest(BookSide.Ask, out var ask);
        news = new BookTickerEvent(
            Stamp,
            PriceOf(bid, BookSide.Bid),
            AmountOf(bid, BookSide.Bid),
            PriceOf(ask, BookSide.Ask),
            AmountOf(ask, BookSide.Ask),
            UpdateId);
        if (_hasLast && news with { Stamp = _last.Stamp, UpdateId = _last.UpdateId } == _last)
            return false;
        (_last, _hasLast) = (news, true);
        return true;
    }

    ExactDecimal PriceOf(in BookLevel best, BookSide side) => Book.Count(side) > 0 ? best.Price : ExactDecimal.None;

    ExactDecimal AmountOf(in BookLevel best, BookSide side) => Book.Count(side) > 0 ? best.Amount : ExactDecimal.None;
}
