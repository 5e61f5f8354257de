using Ticklake.Core.Events;
using Ticklake.Exchanges;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// The book as the lines of one session alone give it, while the live book still is that of the session before, which this one
/// took over from. Rows and findings must follow from the session's own lines: after a crash nothing else is there. Session
/// thread only.
/// </summary>
sealed class OwnBook(StreamRules rules)
{
    readonly ChainedBook _book = new(rules);

    /// <summary>An update or a snapshot; true where it shows that this session's journal still lacks its snapshot.</summary>
    public bool Take(in BookUpdate update, ReadOnlySpan<BookLevel> levels) =>
        _book.Apply(update, levels).Remedy == BookRemedy.FetchSnapshot;

    /// <summary>
    /// Whether it stands where the live book does, and has taken all that is recorded: from then on both are one, live and in
    /// every replay.
    /// </summary>
    public bool TryBecome(ChainedBook live)
    {
        if (_book.Trust.Status != BookStatus.Valid || live.Trust.Status != BookStatus.Valid || _book.BookId != live.BookId
            || _book.BookId < live.LastUpdateId)
            return false;
        live.Become(_book);
        return true;
    }
}
