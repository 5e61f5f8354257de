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

    public PriceBook Book { get; } = new();

    /// <summary>Whether the last <see cref="Apply"/> was a repetition whose levels must not be recorded again.</summary>
    public bool WasRepeat { get; private set; }

    public BookStatus Status { get; private set; }

    /// <summary>It was doubted, and nothing has proved it right since, however often it began anew.</summary>
    public bool OwesProof { get; set; }

    public long ChecksumsMatched { get; private set; }

    public long ChecksumsMissed { get; private set; }

    /// <summary>
    /// Takes an update. <paramref name="proven"/>: a counter proves that no message is missing, so what the levels look
    /// like need not be judged.
    /// </summary>
    public BookFault Apply(in BookUpdate update, ReadOnlySpan<BookLevel> levels, bool proven)
    {
        WasRepeat = false;
        if (update.IsSnapshot)
        {
            Remember(levels);
            Book.Clear();
            foreach (ref readonly var level in levels)
                Book.Apply(level);
            var owedProof = OwesProof;
            (Status, OwesProof) = (BookStatus.Valid, false);
            return owedProof
                ? new BookFault(IntegrityKind.Resynced, "a new snapshot replaces the book", 0, levels.Length, BookRemedy.None)
                : BookFault.None;
        }

        if (proven)
        {
            foreach (ref readonly var level in levels)
                Book.Apply(level);
            return BookFault.None;
        }

        return Status switch
        {
            BookStatus.Valid => ApplyJudged(levels),
            BookStatus.Empty => ApplyUnfounded(levels),
            _ => ApplyAll(levels),
        };
    }

    /// <summary>Compares the exchange's checksum with the book's own.</summary>
    public BookFault Check(in BookChecksum checksum)
    {
        if (Status == BookStatus.Empty || rules.Checksum is not { } compute)
            return BookFault.None;
        var own = compute(Book);
        if (own == checksum.Value)
        {
            ChecksumsMatched++;
            if (Status == BookStatus.Valid)
                return BookFault.None;
            (Status, OwesProof) = (BookStatus.Valid, false);
            return new BookFault(
                IntegrityKind.Resynced, "the checksum matches again", checksum.Value, own, BookRemedy.None);
        }

        ChecksumsMissed++;
        if (Status == BookStatus.Doubted)
            return BookFault.None;
        (Status, OwesProof) = (BookStatus.Doubted, true);
        return new BookFault(
            IntegrityKind.ChecksumMismatch, "cs == crc32(book)", checksum.Value, own, BookRemedy.Resubscribe);
    }

    /// <summary>Something that may have been meant for this book was lost.</summary>
    public void Doubt()
    {
        if (Status == BookStatus.Valid)
            (Status, OwesProof) = (BookStatus.Doubted, true);
    }

    /// <summary>The connection or the subscription ended: the next message is a snapshot.</summary>
    public void Reset()
    {
        Book.Clear();
        Status = BookStatus.Empty;
        _expectsSnapshot = true;
        _lastCount = 0;
    }

    /// <summary>The snapshot is past: it stood in a journal file that is gone.</summary>
    public void GoOnWithoutSnapshot() => _expectsSnapshot = false;

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
        (Status, OwesProof) = (BookStatus.Doubted, true);
        return new BookFault(IntegrityKind.Gap, rule, expected, seen, BookRemedy.Resubscribe);
    }
}
