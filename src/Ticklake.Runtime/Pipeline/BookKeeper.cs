using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Exchanges;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// Rebuilds one book by price whose snapshot comes in band (or with every message) and judges it by the exchange's rules:
/// checksum, known levels, level limit. Session thread only.
/// </summary>
public sealed class BookKeeper(StreamRules rules)
{
    const string ChangeRule = "an update changes the book";

    bool _expectsSnapshot = true;
    BookLevel[] _last = new BookLevel[4];
    int _lastCount;

    // When the last whole book was, by the exchange's clock: nothing else orders books that are all whole.
    long _wholeAt = EventStamp.None;

    public PriceBook Book { get; } = new();

    /// <summary>Whether the last <see cref="Apply"/> was a repetition whose levels must not be recorded again.</summary>
    public bool WasRepeat { get; private set; }

    public BookTrust Trust { get; } = new();

    /// <summary>
    /// Takes an update. <paramref name="proven"/>: a counter proves that no message is missing, so what the levels look
    /// like need not be judged.
    /// </summary>
    public BookFault Apply(in BookUpdate update, ReadOnlySpan<BookLevel> levels, bool proven)
    {
        WasRepeat = false;
        if (update.IsSnapshot)
        {
            if (rules.Sequence.Snapshot == SnapshotSource.EveryMessage
                && IsNoNews(update.Stamp.ExchangeTimeUs, levels, out var late))
                return late;
            Remember(levels);
            Book.Clear();
            foreach (ref readonly var level in levels)
                Book.Apply(level);
            return Trust.Found("a new snapshot replaces the book", levels.Length);
        }

        if (proven)
        {
            foreach (ref readonly var level in levels)
                Book.Apply(level);
            return BookFault.None;
        }

        return Trust.Status switch
        {
            BookStatus.Valid => ApplyJudged(levels),
            BookStatus.Empty => ApplyUnfounded(levels),
            _ => ApplyAll(levels),
        };
    }

    /// <summary>Compares the exchange's checksum with the book's own.</summary>
    public BookFault Check(in BookChecksum checksum) =>
        Trust.Status == BookStatus.Empty || rules.Checksum is not { } compute
            ? BookFault.None
            : Trust.Judge(checksum, compute(Book));

    /// <summary>The connection or the subscription ended: the next message is a snapshot.</summary>
    public void Reset()
    {
        Book.Clear();
        Trust.Reset();
        _expectsSnapshot = true;
        _lastCount = 0;
        _wholeAt = EventStamp.None;
    }

    /// <summary>The snapshot is past: it stood in a journal file that is gone.</summary>
    public void GoOnWithoutSnapshot() => _expectsSnapshot = false;

    /// <summary>
    /// The same book again (a new request brings it, and doubles do), or an older one that came late (upbit.md 5): neither
    /// is recorded. Books of one instant are legal, the later one counts.
    /// </summary>
    bool IsNoNews(long time, ReadOnlySpan<BookLevel> levels, out BookFault fault)
    {
        fault = BookFault.None;
        var last = _wholeAt;
        WasRepeat = time != EventStamp.None && Trust.Status == BookStatus.Valid
            && (time < last || (time == last && levels.SequenceEqual(_last.AsSpan(0, _lastCount))));
        if (!WasRepeat)
            _wholeAt = time;
        else if (time < last)
            fault = new BookFault(IntegrityKind.OutOfOrder, "no book is older than the one before it", last, time, BookRemedy.None);
        return WasRepeat;
    }

    BookFault ApplyAll(ReadOnlySpan<BookLevel> levels)
    {
        foreach (ref readonly var level in levels)
            Book.Apply(level);
        return BookFault.None;
    }

    BookFault ApplyUnfounded(ReadOnlySpan<BookLevel> levels)
    {
        ApplyAll(levels);
        if (!_expectsSnapshot || !rules.DeletesNameKnownLevels)
            return BookFault.None;
        _expectsSnapshot = false;
        return new BookFault(IntegrityKind.Gap, "a book begins with its snapshot", 1, 0, BookRemedy.Resubscribe);
    }

    // Without a counter the levels themselves are the only witness (bitfinex.md 4.5: the server keeps exactly its window,
    // deletes only what it has sent, and sends only what changes the book; all held on every recording).
    BookFault ApplyJudged(ReadOnlySpan<BookLevel> levels)
    {
        if (levels.IsEmpty || !rules.DeletesNameKnownLevels)
        {
            ApplyAll(levels);
            return Judge(unknownDelete: false);
        }

        bool unknown = false, idle = true;
        foreach (ref readonly var level in levels)
        {
            var change = Book.Apply(level);
            idle &= change == BookChange.Unchanged;
            unknown |= change == BookChange.UnknownDelete;
        }

        // A repeated message changes nothing: what it sets is set, what it deletes is gone.
        if ((idle || unknown) && levels.SequenceEqual(_last.AsSpan(0, _lastCount)))
        {
            WasRepeat = true;
            return new BookFault(IntegrityKind.Duplicate, ChangeRule, 1, 0, BookRemedy.None);
        }

        Remember(levels);
        return idle ? Miss(ChangeRule, 1, 0) : Judge(unknown);
    }

    void Remember(ReadOnlySpan<BookLevel> levels)
    {
        if (_last.Length < levels.Length)
            _last = new BookLevel[levels.Length];
        levels.CopyTo(_last);
        _lastCount = levels.Length;
    }

    BookFault Judge(bool unknownDelete)
    {
        if (unknownDelete && rules.DeletesNameKnownLevels)
            return Miss("a delete names a level of the book", 1, 0);
        var held = Math.Max(Book.Count(BookSide.Bid), Book.Count(BookSide.Ask));
        return held > (rules.MaxLevels ?? int.MaxValue)
            ? Miss("a side never holds more levels than subscribed", rules.MaxLevels!.Value, held)
            : BookFault.None;
    }

    BookFault Miss(string rule, long expected, long seen)
    {
        Trust.Break();
        return new BookFault(IntegrityKind.Gap, rule, expected, seen, BookRemedy.Resubscribe);
    }
}
