using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Exchanges;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// Rebuilds one book by order and judges it by its checksum. A delete of an unknown order is harmless (bitfinex.md 4.6) and
/// only counted. Session thread only.
/// </summary>
public sealed class RawBookKeeper(StreamRules rules)
{
    public OrderBook Book { get; } = new();

    public BookStatus Status { get; private set; }

    /// <summary>It was doubted, and nothing has proved it right since, however often it began anew.</summary>
    public bool OwesProof { get; set; }

    public long ChecksumsMatched { get; private set; }

    public long ChecksumsMissed { get; private set; }

    public long UnknownDeletes { get; private set; }

    public BookFault Apply(in RawBookUpdate update, ReadOnlySpan<BookOrder> orders)
    {
        var owedProof = OwesProof;
        if (update.IsSnapshot)
        {
            Book.Clear();
            (Status, OwesProof) = (BookStatus.Valid, false);
        }

        foreach (ref readonly var order in orders)
        {
            if (Book.Apply(order) == BookChange.UnknownDelete)
                UnknownDeletes++;
        }

        return update.IsSnapshot && owedProof
            ? new BookFault(IntegrityKind.Resynced, "a new snapshot replaces the book", 0, orders.Length, BookRemedy.None)
            : BookFault.None;
    }

    public BookFault Check(in BookChecksum checksum)
    {
        if (Status == BookStatus.Empty || rules.RawChecksum is not { } compute)
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

    public void Doubt()
    {
        if (Status == BookStatus.Valid)
            (Status, OwesProof) = (BookStatus.Doubted, true);
    }

    public void Reset()
    {
        Book.Clear();
        Status = BookStatus.Empty;
    }
}
