using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// Rebuilds one book whose updates are chained by ids. Its snapshot comes in band, or by REST and is then joined to the
/// stream by ids: updates that arrive while it is awaited are kept, and stay kept when it turns out too old (binance.md A5).
/// Session thread only.
/// </summary>
public sealed class ChainedBook(StreamRules rules)
{
    readonly UpdateChain _chain = new(rules.Sequence.Chaining, mayFall: rules.Sequence.Snapshot == SnapshotSource.InBand);
    readonly PendingUpdates _pending = new();
    readonly BookRemedy _remedy =
        rules.Sequence.Snapshot == SnapshotSource.Rest ? BookRemedy.FetchSnapshot : BookRemedy.Resubscribe;

    long _bookId = EventStamp.None;
    bool _joined;
    bool _expectsSnapshot = true;

    // Of an update without ids: what it set, to know its repetition.
    BookLevel[] _lastLevels = [];
    int _lastCount;

    // Where the book stands that a hole in the ids has stopped: a late update may still fill the hole.
    long _stoppedAt = EventStamp.None;

    // The worst prices of the snapshot that the book began with: what lies deeper is unknown until it changes.
    readonly ExactDecimal?[] _foundedTo = new ExactDecimal?[2];

    public PriceBook Book { get; } = new();

    public BookTrust Trust { get; } = new();

    /// <summary>Its snapshot is asked for by REST; the ids of the stream outlive a connection.</summary>
    public bool IsBridged => rules.Sequence.Snapshot == SnapshotSource.Rest;

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
        if (!update.IsSnapshot)
            return Follow(UpdateIds.Of(update), levels);
        // A snapshot by REST begins nowhere; one that says where it begins came in band (Gate's full updates).
        return IsBridged && update.FirstUpdateId == EventStamp.None
            ? Join(update.LastUpdateId, levels)
            : Adopt(update.LastUpdateId, levels);
    }

    /// <summary>Compares the exchange's checksum with the book's own.</summary>
    public BookFault Check(in BookChecksum checksum) =>
        Trust.Status == BookStatus.Empty || rules.Checksum is not { } compute
            ? BookFault.None
            : Trust.Judge(checksum, compute(Book));

    /// <summary>
    /// The connection ended: a new snapshot is needed. Ids that a REST snapshot joins go on, and are not forgotten.
    /// </summary>
    public void Reset()
    {
        _pending.Clear();
        Trust.Reset();
        _bookId = EventStamp.None;
        _stoppedAt = EventStamp.None;
        _expectsSnapshot = true;
        if (!IsBridged)
            _chain.StartAfter(EventStamp.None);
    }

    /// <summary>A session begins: what the one before left unproven about an id stays so.</summary>
    public void ForgetLone() => _chain.ForgetLone();

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
        _pending.Clear();
        _chain.StartAfter(EventStamp.None);
    }

    /// <summary>The snapshot is past: it stood in a journal file that is gone.</summary>
    public void GoOnWithoutSnapshot() => _expectsSnapshot = false;

    /// <summary>
    /// The worst price of the side that the book's snapshot told, or null where the exchange keeps the whole book up to date
    /// (binance.md A5: exact only inside the snapshot's range).
    /// </summary>
    public ExactDecimal? FoundedTo(BookSide side) => _foundedTo[(int)side];

    /// <summary>Goes on as the other book, which stands at the same update.</summary>
    public void Become(ChainedBook other)
    {
        Book.Clear();
        foreach (var side in (ReadOnlySpan<BookSide>)[BookSide.Bid, BookSide.Ask])
        {
            foreach (ref readonly var level in other.Book.Levels(side))
                Book.Apply(level);
        }

        other._foundedTo.CopyTo(_foundedTo, 0);
        _joined = other._joined;
    }

    /// <summary>The book was found to be wrong though its updates are whole; returns what a live session must do.</summary>
    public BookRemedy Distrust()
    {
        _pending.Clear();
        Stop(EventStamp.None);
        return _remedy;
    }

    BookFault Follow(in UpdateIds ids, ReadOnlySpan<BookLevel> levels)
    {
        if (ids.Last == EventStamp.None)
            return FollowUnnumbered(ids, levels);
        if (CountsAnew(ids))
            return BeginWithoutSnapshot(ids);
        var continuity = _chain.Check(ids);
        switch (continuity)
        {
            case Continuity.Repeat:
                WasRepeat = true;
                CatchUp(ids, levels);
                return Fault(IntegrityKind.Duplicate, ids, BookRemedy.None);
            case Continuity.Late:
                FillHole(ids, levels);
                // Out of the midst of the one update that the book stands at: the book cannot be right.
                var isDoubtful = _chain.IsLone && _bookId == _chain.Last;
                if (isDoubtful)
                    Stop(EventStamp.None);
                return Fault(IntegrityKind.OutOfOrder, ids, isDoubtful ? _remedy : BookRemedy.None) with
                { FromSeq = ids.First, ToSeq = ids.Last };
            case Continuity.Outlier:
                Stop(EventStamp.None);
                _pending.Clear();
                _pending.Keep(ids, levels);
                return new BookFault(IntegrityKind.Outlier, rules.Sequence.Name, _chain.Expected, _chain.Outlier, _remedy)
                { FromSeq = _chain.Outlier, ToSeq = _chain.Outlier };
            case Continuity.Gap:
                Stop(_bookId);
                _pending.Clear();
                _pending.Keep(ids, levels);
                var (from, to) = _chain.Hole(ids);
                return Fault(IntegrityKind.Gap, ids, _remedy) with { FromSeq = from, ToSeq = to };
        }

        if (_bookId != EventStamp.None)
        {
            var fault = Advance(ids, levels);
            // The snapshot that will put it right may be older than this update.
            if (_bookId == EventStamp.None)
                _pending.Keep(ids, levels);
            return fault;
        }

        var isFirst = continuity == Continuity.First || _pending.HoldsOnlyRepeats;
        _pending.Keep(ids, levels);
        return Await(isFirst);
    }

    // The session before this one has recorded the update. Where that session's book is not at hand (a recovery), this
    // session's own has yet to take it.
    void CatchUp(in UpdateIds ids, ReadOnlySpan<BookLevel> levels)
    {
        if (!IsBridged || ids.Last <= _bookId)
            return;
        if (_bookId == EventStamp.None)
            _pending.KeepRepeat(ids, levels);
        else if (_joined && !_chain.Continues(ids, _bookId))
            Stop(EventStamp.None);
        else
            Advance(ids, levels);
    }

    // An exchange that sends its snapshots in band sends one when it starts to count (bybit.md 5.1: u = 1): an update of that
    // id behind others is no repetition, and its snapshot was lost.
    bool CountsAnew(in UpdateIds ids) =>
        !IsBridged && rules.Sequence.Chaining == Chaining.ConsecutiveIds && ids.First == 1 && _chain.Last > 1;

    BookFault BeginWithoutSnapshot(in UpdateIds ids)
    {
        var expected = _chain.Last + 1;
        _pending.Clear();
        Stop(EventStamp.None);
        _chain.StartAfter(ids.Last);
        return new BookFault(IntegrityKind.Gap, "ids begin anew with a snapshot", expected, ids.First, _remedy);
    }

    // Recordings from before the exchange numbered its updates: a checksum is their only judge.
    BookFault FollowUnnumbered(in UpdateIds ids, ReadOnlySpan<BookLevel> levels)
    {
        if (Trust.Status == BookStatus.Empty)
            return Await(isFirst: true);
        var isIdle = true;
        foreach (ref readonly var level in levels)
            isIdle &= Book.Apply(level) is BookChange.Unchanged or BookChange.UnknownDelete;
        // The same levels again, and they change nothing: without ids that is what a repetition looks like.
        if (isIdle && levels.Length > 0 && levels.SequenceEqual(_lastLevels.AsSpan(0, _lastCount)))
        {
            WasRepeat = true;
            return Fault(IntegrityKind.Duplicate, ids, BookRemedy.None);
        }

        if (_lastLevels.Length < levels.Length)
            _lastLevels = new BookLevel[levels.Length];
        levels.CopyTo(_lastLevels);
        _lastCount = levels.Length;
        return BookFault.None;
    }

    // Without a book: a REST snapshot is due, or the one in band was lost.
    BookFault Await(bool isFirst)
    {
        if (!isFirst || (!IsBridged && !_expectsSnapshot))
            return BookFault.None;
        if (IsBridged)
            return new BookFault(null, rules.Sequence.Name, 0, 0, _remedy);
        _expectsSnapshot = false;
        Trust.Break();
        return new BookFault(IntegrityKind.Gap, "a book begins with its snapshot", 1, 0, _remedy);
    }

    BookFault Advance(in UpdateIds ids, ReadOnlySpan<BookLevel> levels)
    {
        // Only the first update after a snapshot can miss: later ones are chained to each other already.
        if (!_joined)
        {
            if (ids.Last <= _bookId)
                return BookFault.None;
            if (_bookId > 0 && !_chain.Joins(ids, _bookId))
            {
                var stale = Stale(ids);
                Stop(EventStamp.None);
                return stale;
            }
        }

        _joined = true;
        _bookId = ids.Last;
        ApplyAll(levels);
        if (rules.KeptLevels is { } kept)
            Book.Trim(kept);
        if (!rules.MayCross && Book.IsCrossed && Trust.Status == BookStatus.Valid)
        {
            Stop(EventStamp.None);
            return new BookFault(IntegrityKind.Crossed, "best bid < best ask after a whole update", 0, ids.Last, _remedy);
        }

        return BookFault.None;
    }

    // In band: whatever was, this is the book now.
    BookFault Adopt(long snapshotId, ReadOnlySpan<BookLevel> levels)
    {
        _pending.Clear();
        _chain.StartAfter(snapshotId);
        Begin(snapshotId, levels);
        _joined = true;
        return Trust.Found("a new snapshot replaces the book", levels.Length);
    }

    BookFault Join(long snapshotId, ReadOnlySpan<BookLevel> levels)
    {
        // A session that took a whole book over needs no snapshot, its journal does: it must be readable alone.
        if (Trust.Status == BookStatus.Valid && _bookId != EventStamp.None && snapshotId <= _bookId)
            return BookFault.None;
        // A brand-new symbol answers -1 or an empty book: the stream then starts it (binance.md A5 notes).
        if (snapshotId <= 0 && _pending.TryPeek(out var oldest))
            snapshotId = oldest.First - 1;
        if (_pending.TryPeek(out oldest) && !_chain.Joins(oldest, snapshotId))
        {
            Trust.Break();
            return Stale(oldest) with { Expected = snapshotId + 1 };
        }

        var owedProof = Trust.OwesProof;
        Begin(snapshotId, levels);
        Trust.Found("", 0);
        _joined = false;
        var fault = Drain();
        return fault.IsNone && owedProof
            ? new BookFault(IntegrityKind.Resynced, "a new snapshot joins the stream", 0, snapshotId, BookRemedy.None)
            : fault;
    }

    void Begin(long snapshotId, ReadOnlySpan<BookLevel> levels)
    {
        Book.Clear();
        ApplyAll(levels);
        Found();
        _bookId = snapshotId == EventStamp.None ? 0 : snapshotId;
        _stoppedAt = EventStamp.None;
        _expectsSnapshot = false;
    }

    void Found()
    {
        foreach (var side in (ReadOnlySpan<BookSide>)[BookSide.Bid, BookSide.Ask])
        {
            var isPart = IsBridged && rules.KeptLevels is null && Book.Count(side) > 0;
            _foundedTo[(int)side] = isPart ? Book[side, Book.Count(side) - 1].Price : null;
        }
    }

    // What is left after a fault stays: the next snapshot may join it.
    BookFault Drain()
    {
        var fault = BookFault.None;
        while (fault.IsNone && _pending.TryTake(out var ids, out var levels))
            fault = Advance(ids, levels);
        return fault;
    }

    // The late update is the whole hole, or its beginning: the book goes on as if nothing had happened.
    void FillHole(in UpdateIds ids, ReadOnlySpan<BookLevel> levels)
    {
        if (_stoppedAt == EventStamp.None || !_chain.Continues(ids, _stoppedAt))
            return;
        ApplyAll(levels);
        _stoppedAt = ids.Last;
        if (!_pending.TryPeek(out var next) || !_chain.Continues(next, _stoppedAt))
            return;
        _bookId = _stoppedAt;
        _stoppedAt = EventStamp.None;
        _joined = true;
        Trust.Found("", 0);
        WasHealed = true;
        Drain();
    }

    void ApplyAll(ReadOnlySpan<BookLevel> levels)
    {
        foreach (ref readonly var level in levels)
            Book.Apply(level);
    }

    void Stop(long stoppedAt)
    {
        Trust.Break();
        _bookId = EventStamp.None;
        _stoppedAt = stoppedAt;
    }

    BookFault Fault(string kind, in UpdateIds ids, BookRemedy remedy) =>
        new(kind, rules.Sequence.Name, _chain.Expected, _chain.Seen(ids), remedy);

    BookFault Stale(in UpdateIds ids) => new(
        IntegrityKind.StaleSnapshot, "the first update spans the snapshot's id", _bookId + 1, _chain.Seen(ids), _remedy);
}
