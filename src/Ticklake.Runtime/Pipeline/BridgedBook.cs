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
    const int MostPendingLevels = 200_000;

    readonly Queue<(long First, long Last, int Levels)> _pending = new();
    readonly Queue<BookLevel> _pendingLevels = new();
    readonly ContinuousIds _chain = new();
    BookLevel[] _scratch = new BookLevel[64];
    long _bookId = EventStamp.None;
    bool _joined;

    // Where the book stands that a hole in the ids has stopped: a late update may still fill the hole.
    long _stoppedAt = EventStamp.None;

    public PriceBook Book { get; } = new();

    public BookStatus Status { get; private set; }

    /// <summary>It was doubted, and no snapshot has joined since, however often it began anew.</summary>
    public bool OwesProof { get; set; }

    /// <summary>The last update id of the stream, or <see cref="EventStamp.None"/>.</summary>
    public long LastUpdateId => _chain.Last;

    /// <summary>The update id that the book stands at, or <see cref="EventStamp.None"/> while it waits for a snapshot.</summary>
    public long BookId => _bookId;

    /// <summary>Whether the last <see cref="Apply"/> was a repetition whose levels must not be recorded again.</summary>
    public bool WasRepeat { get; private set; }

    /// <summary>Whether the last <see cref="Apply"/> was a late update that filled the hole: the book is whole again.</summary>
    public bool WasHealed { get; private set; }

    public BookFault Apply(in BookUpdate update, ReadOnlySpan<BookLevel> levels)
    {
        WasRepeat = false;
        WasHealed = false;
        return update.IsSnapshot ? Join(update.LastUpdateId, levels) : Follow(update, levels);
    }

    /// <summary>The connection ended: a new snapshot is needed, the chain of ids is not forgotten.</summary>
    public void Reset()
    {
        ClearPending();
        Status = BookStatus.Empty;
        _bookId = EventStamp.None;
        _stoppedAt = EventStamp.None;
    }

    /// <summary>An earlier process has recorded updates up to this id.</summary>
    public void ContinueAfter(long updateId) => _chain.StartAfter(updateId);

    /// <summary>
    /// The exchange counts anew. A snapshot that came before the first such update stays; a book that stands where the old
    /// ids ended does not.
    /// </summary>
    public void BeginAnew()
    {
        if (_bookId == _chain.Last)
            Reset();
        ClearPending();
        _chain.Forget();
    }

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
                FillHole(update, levels);
                return new BookFault(
                    IntegrityKind.OutOfOrder, rules.Sequence.Name, _chain.Expected, update.FirstUpdateId, BookRemedy.None)
                { FromSeq = update.FirstUpdateId, ToSeq = update.LastUpdateId };
            case Continuity.Gap:
                Stop(_bookId);
                ClearPending();
                Keep(update, levels);
                return new BookFault(
                    IntegrityKind.Gap, rules.Sequence.Name, _chain.Expected, update.FirstUpdateId, BookRemedy.FetchSnapshot)
                { FromSeq = _chain.Expected, ToSeq = update.FirstUpdateId - 1 };
        }

        if (_bookId != EventStamp.None)
        {
            var fault = Advance(update.FirstUpdateId, update.LastUpdateId, levels);
            // The snapshot that will put it right may be older than this update.
            if (_bookId == EventStamp.None)
                Keep(update, levels);
            return fault;
        }

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
        if (!_joined && _bookId > 0 && first > _bookId + 1)
        {
            var stale = Stale(first);
            Stop(EventStamp.None);
            return stale;
        }

        _joined = true;
        _bookId = last;
        foreach (ref readonly var level in levels)
            Book.Apply(level);
        if (!rules.MayCross && Book.IsCrossed && Status == BookStatus.Valid)
        {
            Stop(EventStamp.None);
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
        _stoppedAt = EventStamp.None;
        _joined = false;
        var fault = Drain();
        if (!fault.IsNone || !OwesProof)
            return fault;
        OwesProof = false;
        return new BookFault(IntegrityKind.Resynced, "a new snapshot joins the stream", 0, snapshotId, BookRemedy.None);
    }

    // What is left after a fault stays: the next snapshot may join it.
    BookFault Drain()
    {
        var fault = BookFault.None;
        while (fault.IsNone && _pending.TryDequeue(out var update))
        {
            if (_scratch.Length < update.Levels)
                _scratch = new BookLevel[update.Levels];
            for (var i = 0; i < update.Levels; i++)
                _scratch[i] = _pendingLevels.Dequeue();
            fault = Advance(update.First, update.Last, _scratch.AsSpan(0, update.Levels));
        }

        return fault;
    }

    // The late update is the whole hole, or its beginning: the book goes on as if nothing had happened.
    void FillHole(in BookUpdate update, ReadOnlySpan<BookLevel> levels)
    {
        if (_stoppedAt == EventStamp.None || update.FirstUpdateId > _stoppedAt + 1 || update.LastUpdateId <= _stoppedAt)
            return;
        foreach (ref readonly var level in levels)
            Book.Apply(level);
        _stoppedAt = update.LastUpdateId;
        if (!_pending.TryPeek(out var next) || next.First > _stoppedAt + 1)
            return;
        _bookId = _stoppedAt;
        _stoppedAt = EventStamp.None;
        _joined = true;
        (Status, OwesProof) = (BookStatus.Valid, false);
        WasHealed = true;
        Drain();
    }

    void Stop(long stoppedAt)
    {
        Doubt();
        _bookId = EventStamp.None;
        _stoppedAt = stoppedAt;
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
