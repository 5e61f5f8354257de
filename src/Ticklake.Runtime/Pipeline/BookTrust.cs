using Ticklake.Core.Events;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// How far a rebuilt book may be trusted, and the exchange's own checksums as its judge: the same for every kind of book.
/// Session thread only.
/// </summary>
public sealed class BookTrust
{
    public BookStatus Status { get; private set; }

    /// <summary>It was doubted, and nothing has proved it right since, however often it began anew.</summary>
    public bool OwesProof { get; set; }

    public long ChecksumsMatched { get; private set; }

    public long ChecksumsMissed { get; private set; }

    /// <summary>The book stands on a new foundation; says so where it had been doubted.</summary>
    public BookFault Found(string proof, long seen)
    {
        var owedProof = OwesProof;
        (Status, OwesProof) = (BookStatus.Valid, false);
        return owedProof ? new BookFault(IntegrityKind.Resynced, proof, 0, seen, BookRemedy.None) : BookFault.None;
    }

    /// <summary>A rule was broken: the book is wrong, or what it begins with has not come.</summary>
    public void Break()
    {
        OwesProof = true;
        if (Status != BookStatus.Empty)
            Status = BookStatus.Doubted;
    }

    /// <summary>Something that may have been meant for this book was lost.</summary>
    public void Doubt()
    {
        if (Status == BookStatus.Valid)
            (Status, OwesProof) = (BookStatus.Doubted, true);
    }

    /// <summary>There is no book until its next snapshot; what was doubted still owes its proof.</summary>
    public void Reset() => Status = BookStatus.Empty;

    /// <summary>Compares the exchange's checksum with the book's own.</summary>
    public BookFault Judge(in BookChecksum checksum, int own)
    {
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
        Break();
        return new BookFault(
            IntegrityKind.ChecksumMismatch, "cs == crc32(book)", checksum.Value, own, BookRemedy.Resubscribe);
    }
}
