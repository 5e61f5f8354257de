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
    public PriceBook Book { get; } = new();

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
        if (update.IsSnapshot)
        {
            Book.Clear();
            foreach (ref readonly var level in levels)
                Book.Apply(level);
            var owedProof = OwesProof;
            (Status, OwesProof) = (BookStatus.Valid, false);
            return owedProof
                ? new BookFault(IntegrityKind.Resynced, "a new snapshot replaces the book", 0, levels.Length, BookRemedy.None)
                : BookFault.None;
        }

        var unknown = false;
        foreach (ref readonly var level in levels)
            unknown |= Book.Apply(level) == BookChange.UnknownDelete;
        return proven || Status != BookStatus.Valid ? BookFault.None : Judge(unknown);
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
    }

    // Without a counter the levels themselves are the only witness (bitfinex.md 4.5: the server keeps exactly its window,
    // and deletes only what it has sent; both held on every recording).
    BookFault Judge(bool unknownDelete)
    {
        if (unknownDelete && rules.DeletesNameKnownLevels)
        {
            (Status, OwesProof) = (BookStatus.Doubted, true);
            return new BookFault(
                IntegrityKind.Gap, "a delete names a level of the book", 1, 0, BookRemedy.Resubscribe);
        }

        if (rules.MaxLevels is { } most && Math.Max(Book.Count(BookSide.Bid), Book.Count(BookSide.Ask)) is var held && held > most)
        {
            (Status, OwesProof) = (BookStatus.Doubted, true);
            return new BookFault(
                IntegrityKind.Gap, "a side never holds more levels than subscribed", most, held, BookRemedy.Resubscribe);
        }

        return BookFault.None;
    }
}
