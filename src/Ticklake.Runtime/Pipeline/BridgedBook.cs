using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Exchanges;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// Rebuilds one book whose snapshot is fetched by REST and joined to the stream by update ids (binance.md A5). Updates that
/// arrive while a snapshot is awaited are kept, and stay kept when the snapshot turns out too old. Session thread only.
/// </summary>
public sealed class BridgedBook(StreamRules rules)
{
    // A snapshot that does not come for so many updates is not coming: the oldest are given up (they are recorded anyway)
    // and the next snapshot, being newer, joins what is left.
    const int MostPendingLevels = 1_000_000;

    readonly Queue<(long First, long Last, int Levels)> _pending = new();
    readonly Queue<BookLevel> _pendingLevels = new();
    readonly ContinuousIds _chain = new();
    long _bookId = EventStamp.None;
    bool _joined;

    public PriceBook Book { get; } = new();

    public BookStatus Status { get; private set; }

    /// <summary>It was doubted, and no snapshot has joined since, however often it began anew.</summary>
    public bool OwesProof { get; set; }

    /// <summary>The last update id of the stream, or <see cref="EventStamp.None"/>.</summary>
    public long LastUpdateId => _chain.Last;

    /// <summary>Whether the last <see cref="Apply"/> was a repetition whose levels must not be recorded again.</summary>
    public bool WasRepeat { get; private set; }

    public BookFault Apply(in BookUpdate update, ReadOnlySpan<BookLevel> levels)
    {
        WasRepeat = false;
        return update.IsSnapshot ? Join(update.LastUpdateId, levels) : Follow(update, levels);
    }

    /// <summary>The connection ended: a new snapshot is needed, the chain of ids is not forgotten.</summary>
    public void Reset()
    {
        ClearPending();
        Status = BookStatus.Empty;
        _bookId = EventStamp.None;
    }

    /// <summary>An earlier process has recorded updates up to this id.</summary>
    public void ContinueAfter(long updateId) => _chain.StartAfter(updateId);

    BookFault Follow(in BookUpdate update, ReadOnlySpan<BookLevel> levels)
    {
        var continuity = _chain.Check(update.FirstUpdateId, update.LastUpdateId);
        switch (continuity)
        {
            case Continuity.Repeat:
                WasRepeat = true;
                return new BookFault(
                    IntegrityKind.Duplicate, rules.Sequence.Name, _chain.Expected, update.FirstUpdateId, BookRemedy.None);
            case Continuity.Late:
                return new BookFault(
                    IntegrityKind.OutOfOrder, rules.Sequence.Name, _chain.Expected, update.FirstUpdateId, BookRemedy.None)
                { FromSeq = update.FirstUpdateId, ToSeq = update.LastUpdateId };
            case Continuity.Gap:
                Doubt();
                _bookId = EventStamp.None;
                ClearPending();
                Keep(update, levels);
                return new BookFault(
                    IntegrityKind.Gap, rules.Sequence.Name, _chain.Expected, update.FirstUpdateId, BookRemedy.FetchSnapshot)
                { FromSeq = _chain.Expected, ToSeq = update.FirstUpdateId - 1 };
        }

        if (_bookId != EventStamp.None)
            return Advance(update.FirstUpdateId, update.LastUpdateId, levels);
        Keep(update, levels);
        return continuity == Continuity.First || _pending.Count == 1
            ? new BookFault(null, rules.Sequence.Name, 0, 0, BookRemedy.FetchSnapshot)
            : BookFault.None;
    }

    BookFault Advance(long first, long last, ReadOnlySpan<BookLevel> levels)
    {
        if (last <= _bookId)
            return BookFault.None;
        // Only the first update after a snapshot can miss: later ones are chained to each other already.
        if (!_joined && first > _bookId + 1)
        {
            var stale = Stale(first);
            Doubt();
            _bookId = EventStamp.None;
            return stale;
        }

        _joined = true;
        _bookId = last;
        foreach (ref readonly var level in levels)
            Book.Apply(level);
        if (!rules.MayCross && Book.IsCrossed && Status == BookStatus.Valid)
        {
            Doubt();
            _bookId = EventStamp.None;
            return new BookFault(
                IntegrityKind.Crossed, "best bid < best ask after a whole update", 0, last, BookRemedy.FetchSnapshot);
        }

        return BookFault.None;
    }

    BookFault Join(long snapshotId, ReadOnlySpan<BookLevel> levels)
    {
        // A session that took a whole book over needs no snapshot, its journal does: it must be readable alone.
        if (Status == BookStatus.Valid && _bookId != EventStamp.None && snapshotId <= _bookId)
            return BookFault.None;
        // A brand-new symbol answers -1 or an empty book: the stream then starts it (binance.md A5 notes).
        if (snapshotId <= 0 && _pending.TryPeek(out var oldest))
            snapshotId = oldest.First - 1;
        if (_pending.TryPeek(out oldest) && snapshotId + 1 < oldest.First)
        {
            Doubt();
            return Stale(oldest.First) with { Expected = snapshotId + 1 };
        }

        Book.Clear();
        foreach (ref readonly var level in levels)
            Book.Apply(level);
        Status = BookStatus.Valid;
        _bookId = snapshotId;
        _joined = false;
        var fault = Drain();
        if (!fault.IsNone || !OwesProof)
            return fault;
        OwesProof = false;
        return new BookFault(IntegrityKind.Resynced, "a new snapshot joins the stream", 0, snapshotId, BookRemedy.None);
    }

    BookFault Drain()
    {
        var fault = BookFault.None;
        Span<BookLevel> scratch = new BookLevel[64];
        while (_pending.TryDequeue(out var update))
        {
            if (scratch.Length < update.Levels)
                scratch = new BookLevel[update.Levels];
            for (var i = 0; i < update.Levels; i++)
                scratch[i] = _pendingLevels.Dequeue();
            if (fault.IsNone)
                fault = Advance(update.First, update.Last, scratch[..update.Levels]);
        }

        return fault;
    }

    BookFault Stale(long first) => new(
        IntegrityKind.StaleSnapshot, "U <= lastUpdateId + 1 <= u", _bookId + 1, first, BookRemedy.FetchSnapshot);

    void Doubt()
    {
        OwesProof = true;
        if (Status != BookStatus.Empty)
            Status = BookStatus.Doubted;
    }

    void Keep(in BookUpdate update, ReadOnlySpan<BookLevel> levels)
    {
        _pending.Enqueue((update.FirstUpdateId, update.LastUpdateId, levels.Length));
        foreach (ref readonly var level in levels)
            _pendingLevels.Enqueue(level);
        while (_pendingLevels.Count > MostPendingLevels && _pending.TryDequeue(out var oldest))
        {
            for (var i = 0; i < oldest.Levels; i++)
                _pendingLevels.Dequeue();
        }
    }

    void ClearPending()
    {
        _pending.Clear();
        _pendingLevels.Clear();
    }
}
