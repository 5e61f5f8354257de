using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Pipeline;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Export;

/// <summary>
/// A book rebuilt from stored rows, judged by the rules that judged it live (<see cref="BookKeeper"/>,
/// <see cref="ChainedBook"/>) and by the holes that the manifests declare. One thread.
/// </summary>
sealed class StoredBook(StreamKey stream, StreamRules rules)
{
    readonly StreamState _state = new(stream, rules);
    bool _hasHole;

    public PriceBook Book => _state.Book?.Book ?? _state.Chained!.Book;

    bool IsValid => _state.BookStatus == BookStatus.Valid;

    /// <summary>The rows that follow come from another connection.</summary>
    public void BeginSession()
    {
        _state.BeginSession();
        // Ids that a REST snapshot joins go on over connections, and show by themselves whether anything is missing.
        if (_state.Chained is { IsBridged: true })
            return;
        _state.BeginSubscription();
        _state.BeginConnection();
    }

    /// <summary>A hole was declared before the next update.</summary>
    public void Pass(GapMark hole)
    {
        _hasHole = true;
        // A gap in ids is found again by the ids, which also know when it was filled late.
        if (_state.Chained is { } chained)
        {
            if (hole.Reason != IntegrityKind.Gap || chained.LastUpdateId == EventStamp.None)
                chained.Distrust();
        }
        else
            _state.Doubt();
    }

    /// <param name="update">The update.</param>
    /// <param name="levels">Its levels.</param>
    /// <param name="isNext">Nothing but updates without levels, which have no rows, can lie between the last one and this.</param>
    public StoredStep Apply(in BookUpdate update, ReadOnlySpan<BookLevel> levels, bool isNext)
    {
        var wasValid = IsValid;
        var step = _state.Chained is { } chained
            ? Apply(chained, update, levels, isNext && !_hasHole)
            : Apply(_state.Book!, update, levels);
        _hasHole = false;
        return !IsValid ? StoredStep.LeftOut : wasValid || step == StoredStep.Whole ? step : StoredStep.Whole;
    }

    static StoredStep Apply(BookKeeper keeper, in BookUpdate update, ReadOnlySpan<BookLevel> levels)
    {
        keeper.Apply(update, levels, update.Stamp.Seq != EventStamp.None);
        return keeper.WasRepeat ? StoredStep.NoNews : update.IsSnapshot ? StoredStep.Whole : StoredStep.Changed;
    }

    StoredStep Apply(ChainedBook chained, in BookUpdate update, ReadOnlySpan<BookLevel> levels, bool isNext)
    {
        var last = update.LastUpdateId;
        if (!update.IsSnapshot && last != EventStamp.None && chained.LastUpdateId != EventStamp.None)
        {
            if (isNext)
                StepOver(chained, update);
            else if (_hasHole && chained.IsBridged && last <= chained.LastUpdateId)
                chained.BeginAnew();
        }

        var before = chained.BookId;
        chained.Apply(update, levels);
        if (chained.WasHealed)
            return StoredStep.Whole;
        // A snapshot that only makes a journal readable alone, or an update that the book's snapshot holds already.
        if (chained.WasRepeat || (last != EventStamp.None && before != EventStamp.None && chained.BookId == before && last <= before))
            return StoredStep.NoNews;
        return update.IsSnapshot ? StoredStep.Whole : StoredStep.Changed;
    }

    // Updates that change nothing have no rows, but ids.
    void StepOver(ChainedBook chained, in BookUpdate update)
    {
        var known = chained.LastUpdateId;
        var missing = rules.Sequence.Chaining == Chaining.EachNamesPrevious ? update.PreviousUpdateId : update.FirstUpdateId - 1;
        if (missing == EventStamp.None || missing <= known || update.LastUpdateId <= missing)
            return;
        chained.Apply(new BookUpdate(EventStamp.Empty, false, known + 1, missing, known, EventStamp.None), []);
    }
}
