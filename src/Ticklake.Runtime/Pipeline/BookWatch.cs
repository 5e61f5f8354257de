using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// Looks at one book of a session for the streams derived from it, and says when it can be trusted. Session thread only.
/// </summary>
/// <param name="state">The book's stream.</param>
/// <param name="feed">Takes a request for the snapshot that this session's journal still lacks.</param>
/// <param name="touched">Where the watch enters itself when its book changes.</param>
/// <param name="isTakenOver">The book was built by the session before this one.</param>
sealed class BookWatch(StreamState state, SessionFeed feed, List<BookWatch> touched, bool isTakenOver)
{
    // Rows must follow from this session's journal alone: a recovery has no book of the session before. So until the updates
    // and the snapshot of this session give the book as well, there are no rows.
    ChainedBook? _own = isTakenOver && state.Chained is { IsBridged: true } ? new ChainedBook(state.Rules) : null;

    BookTickerEvent _last;
    bool _hasLast;
    bool _isTouched;

    public PriceBook Book => state.Book?.Book ?? state.Chained!.Book;

    /// <summary>What the exchange said of the last update.</summary>
    public EventStamp Stamp { get; private set; } = EventStamp.Empty;

    /// <summary>The update id that the book stands at, or <see cref="EventStamp.None"/>.</summary>
    public long UpdateId { get; private set; } = EventStamp.None;

    /// <summary>The book is whole, and not in the instant between two messages where it may be crossed.</summary>
    public bool IsSound => _own is null && state.BookStatus == BookStatus.Valid && !Book.IsCrossed;

    /// <summary>The stream of its best prices, or null.</summary>
    public RowSlot? BestPrices { get; set; }

    /// <summary>All streams that are derived from the book.</summary>
    public List<RowSlot> Slots { get; } = [];

    /// <summary>An update or a snapshot, before the book takes it.</summary>
    public void Take(in BookUpdate update, ReadOnlySpan<BookLevel> levels)
    {
        Stamp = update.Stamp;
        UpdateId = update.LastUpdateId;
        if (_own?.Apply(update, levels) is { Remedy: BookRemedy.FetchSnapshot })
            feed.Remedies.Add((state.Key, BookRemedy.FetchSnapshot));
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
        if (state.Chained is not { } chained)
            return;
        if (chained.BookId != EventStamp.None)
            UpdateId = chained.BookId;
        if (_own is { Trust.Status: BookStatus.Valid } own && own.BookId == chained.BookId
            && own.BookId >= chained.LastUpdateId)
            _own = null;
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
