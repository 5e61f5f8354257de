using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges;

namespace Ticklake.Runtime.Pipeline;

/// <summary>How a live book differs from the exchange's own.</summary>
/// <param name="Levels">Levels that were compared, of both sides together.</param>
/// <param name="Differing">How many of them differ.</param>
/// <param name="Ours">The first that differs, as the live book has it; amount 0 where it has none.</param>
/// <param name="Theirs">The same level of the exchange's.</param>
readonly record struct BookDifference(int Levels, int Differing, BookLevel Ours, BookLevel Theirs)
{
    /// <summary>
    /// The market has left the prices that the live book's snapshot told: most of what is near is known from changes alone.
    /// </summary>
    public bool IsOutgrown { get; init; }
}

/// <summary>
/// One comparison of a live book with the exchange's own (adr/0011). Everything the stream says is kept from
/// <paramref name="begin"/> on; a REST snapshot that is not older than that, and the kept updates behind it, are the book as
/// it must be. Session thread only.
/// </summary>
/// <param name="request">Path and query of the snapshot, with its mark.</param>
/// <param name="begin">Where the live book stood when the snapshot was asked for.</param>
/// <param name="rules">How the stream is checked.</param>
sealed class BookComparison(string request, UpdateIds begin, StreamRules rules)
{
    readonly PendingUpdates _since = new();
    readonly UpdateIds _begin = begin;

    // The worst price of each side that the snapshot vouches for; null where it has none.
    readonly ExactDecimal?[] _worst = new ExactDecimal?[2];

    UpdateIds _at = begin;
    long _id = EventStamp.None;
    bool _goesBySequence;

    public string Request => request;

    /// <summary>The exchange's book, once <see cref="Compare(ChainedBook)"/> has brought it to where the live book stands.</summary>
    public PriceBook Theirs { get; } = new();

    /// <summary>The id that the snapshot stands at.</summary>
    public long SnapshotId => _id;

    /// <summary>The stream has come to where the snapshot stands.</summary>
    public bool IsDue => _id != EventStamp.None && IdOf(_at) >= _id;

    /// <summary>Takes an update that was applied to the live book; false where ids have begun anew.</summary>
    public bool Follow(in BookUpdate update, ReadOnlySpan<BookLevel> levels)
    {
        var ids = UpdateIds.Of(update);
        if (ids.Last < _at.Last)
            return false;
        _at = ids;
        _since.Keep(ids, levels);
        return true;
    }

    /// <summary>Takes the exchange's book; false where it is older than what was kept: nothing can be said then.</summary>
    public bool TryTake(in DepthAnswer snapshot, ReadOnlySpan<BookLevel> levels)
    {
        // Where the stream's ids are not the snapshot's, both may carry a number of the matching engine (bybit.md 5.1).
        _goesBySequence = snapshot.Sequence != EventStamp.None;
        var id = _goesBySequence ? snapshot.Sequence : snapshot.LastUpdateId;
        var since = IdOf(_since.GivenUp ?? _begin);
        if (id <= 0 || since == EventStamp.None || id < since)
            return false;
        _id = id;
        Theirs.Clear();
        (_worst[0], _worst[1]) = (null, null);
        foreach (ref readonly var level in levels)
        {
            Theirs.Apply(level);
            ref var worst = ref _worst[(int)level.Side];
            if (worst is not { } price || IsBetter(level.Side, price, level.Price))
                worst = level.Price;
        }

        return true;
    }

    /// <summary>
    /// Compares both books where they stand at the same update, no deeper than both can be trusted: a snapshot is cut
    /// at its limit, and so was the one that the live book began with.
    /// </summary>
    public BookDifference Compare(ChainedBook live)
    {
        while (_since.TryTake(out var ids, out var levels))
        {
            if (IdOf(ids) <= _id)
                continue;
            foreach (ref readonly var level in levels)
                Theirs.Apply(level);
            if (rules.KeptLevels is { } kept)
                Theirs.Trim(kept);
        }

        var found = default(BookDifference);
        Compare(live, BookSide.Bid, ref found);
        Compare(live, BookSide.Ask, ref found);
        return found;
    }

    void Compare(ChainedBook live, BookSide side, ref BookDifference found)
    {
        var bound = BoundOf(live, side);
        var before = found.Levels;
        var ours = live.Book.Levels(side).GetEnumerator();
        var theirs = Theirs.Levels(side).GetEnumerator();
        bool hasOurs = MoveWithin(ref ours, side, bound), hasTheirs = MoveWithin(ref theirs, side, bound);
        while (hasOurs || hasTheirs)
        {
            var takesOurs = hasOurs && (!hasTheirs || !IsBetter(side, theirs.Current.Price, ours.Current.Price));
            var takesTheirs = hasTheirs && (!hasOurs || !IsBetter(side, ours.Current.Price, theirs.Current.Price));
            found = found with { Levels = found.Levels + 1 };
            if (!takesOurs || !takesTheirs || ours.Current.Amount != theirs.Current.Amount)
            {
                if (found.Differing == 0)
                {
                    var price = takesOurs ? ours.Current.Price : theirs.Current.Price;
                    var none = new BookLevel(side, price, ExactDecimal.Zero);
                    found = found with { Ours = takesOurs ? ours.Current : none, Theirs = takesTheirs ? theirs.Current : none };
                }

                found = found with { Differing = found.Differing + 1 };
            }

            if (takesOurs)
                hasOurs = MoveWithin(ref ours, side, bound);
            if (takesTheirs)
                hasTheirs = MoveWithin(ref theirs, side, bound);
        }

        if (live.FoundedTo(side) is not null && (found.Levels - before) * 2 < Theirs.Count(side))
            found = found with { IsOutgrown = true };
    }

    ExactDecimal? BoundOf(ChainedBook live, BookSide side)
    {
        var bound = Better(side, _worst[(int)side], live.FoundedTo(side));
        // A window is filled again from below only where the exchange says so: what one side has beyond the other's end
        // proves nothing.
        if (rules.KeptLevels is null && rules.MaxLevels is null)
            return bound;
        bound = Better(side, bound, WorstOf(live.Book, side));
        return Better(side, bound, WorstOf(Theirs, side));
    }

    static ExactDecimal? WorstOf(PriceBook book, BookSide side) =>
        book.Count(side) is > 0 and var count ? book[side, count - 1].Price : null;

    static ExactDecimal? Better(BookSide side, ExactDecimal? one, ExactDecimal? other)
    {
        if (one is not { } first || other is not { } second)
            return one ?? other;
        return IsBetter(side, first, second) ? first : second;
    }

    static bool IsBetter(BookSide side, in ExactDecimal price, in ExactDecimal other) =>
        side == BookSide.Bid ? price > other : price < other;

    static bool MoveWithin(ref BookView<BookLevel>.Enumerator levels, BookSide side, ExactDecimal? bound) =>
        levels.MoveNext() && (bound is not { } worst || !IsBetter(side, worst, levels.Current.Price));

    long IdOf(in UpdateIds ids) => _goesBySequence ? ids.Sequence : ids.Last;
}
