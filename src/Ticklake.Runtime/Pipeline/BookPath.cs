using System.Globalization;
using Ticklake.Core.Events;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// The way of books: every message is applied to the rebuilt book, judged by the exchange's rule, and its levels become rows.
/// Session thread only.
/// </summary>
sealed class BookPath(
    FrameCursor cursor,
    RowWriter rows,
    IntegrityLog log,
    SessionFeed feed,
    PipelineCounters counters,
    BookReconciliation reconciliation)
{
    public void Write(RowSlot slot, in BookUpdate update, ReadOnlySpan<BookLevel> levels)
    {
        slot.Watch?.Take(update);
        if (slot.Own is not { } own)
        {
            Apply(slot, update, levels);
            return;
        }

        if (own.Take(update, levels))
            feed.Remedies.Add((slot.State.Key, BookRemedy.FetchSnapshot));
        Apply(slot, update, levels);
        if (own.TryBecome(slot.State.Chained!))
            slot.Own = null;
    }

    void Apply(RowSlot slot, in BookUpdate update, ReadOnlySpan<BookLevel> levels)
    {
        BookFault fault;
        if (slot.State.Chained is { } chained)
        {
            if (chained.IsBridged && !update.IsSnapshot
                && slot.HasBegunAnew(update.LastUpdateId, chained.LastUpdateId, cursor.Time))
            {
                log.ReportNewIds(slot, chained.LastUpdateId, update.FirstUpdateId);
                chained.BeginAnew();
            }

            fault = chained.Apply(update, levels);
            if (chained.WasRepeat && update.LastUpdateId != EventStamp.None
                && (!slot.HasNews || slot.IsOverlap(update.LastUpdateId)))
                return;
            slot.HasNews |= !update.IsSnapshot;
        }
        else
            fault = slot.State.Book!.Apply(update, levels, update.Stamp.Seq != EventStamp.None);

        if (!fault.IsNone || fault.Remedy != BookRemedy.None)
            Declare(slot, fault);
        Follow(slot, update, levels, fault);
        if (slot.State.Chained is { WasHealed: true })
            Declare(slot, new BookFault(IntegrityKind.Resynced, "the missing update came late", 0, 0, BookRemedy.None));
        if (slot.State.HadRepeat)
            return;
        var stamp = cursor.Next(levels.Length);
        if (levels.Length > 0 && rows.BatchFor(slot, cursor.LineNumber, cursor.Time) is BookRows batch)
            batch.Add(stamp, update, levels);
    }

    void Follow(RowSlot slot, in BookUpdate update, ReadOnlySpan<BookLevel> levels, in BookFault fault)
    {
        if (slot.State.Chained is not { } chained)
            return;
        // A repeated update, or one that came late, changes nothing.
        var wasApplied = !chained.WasRepeat && fault.Kind != IntegrityKind.OutOfOrder;
        if (wasApplied)
            slot.BookSequence = update.Stamp.Seq;
        reconciliation.Follow(slot, update, levels, wasApplied);
    }

    public void Write(RowSlot slot, in RawBookUpdate update, ReadOnlySpan<BookOrder> orders)
    {
        var fault = slot.State.Orders!.Apply(update, orders);
        if (!fault.IsNone)
            Declare(slot, fault);
        var stamp = cursor.Next(orders.Length);
        if (orders.Length == 0 || rows.BatchFor(slot, cursor.LineNumber, cursor.Time) is not RawBookRows batch)
            return;
        for (var i = 0; i < orders.Length; i++)
            batch.Add(stamp with { RowInFrame = stamp.RowInFrame + i }, update, orders[i]);
    }

    /// <summary>The exchange's own checksum; counted for the manifest unless its segment is sealed already.</summary>
    public void Check(RowSlot slot, in BookChecksum checksum)
    {
        var state = slot.State;
        // The checksum of a repeated or late update is that of a book that is no more.
        if (state.Chained is { WasRepeat: true } chained && chained.BookId is not (EventStamp.None or 0))
            return;
        var fault = state.Orders?.Check(checksum) ?? state.Book?.Check(checksum) ?? state.Chained?.Check(checksum) ?? default;
        var isSealed = slot.IsSealed(cursor.LineNumber);
        if (state.BookStatus == BookStatus.Valid)
        {
            counters.ChecksumsOk++;
            slot.PendingChecksumsOk += isSealed ? 0 : 1;
        }
        else if (state.BookStatus == BookStatus.Doubted && !isSealed)
            slot.PendingChecksumsMismatched++;

        if (!fault.IsNone)
            Declare(slot, fault);
    }

    void Declare(RowSlot slot, in BookFault fault)
    {
        if (fault.Remedy != BookRemedy.None)
            feed.Remedies.Add((slot.State.Key, fault.Remedy));
        if (fault.IsNone)
            return;
        log.Report(
            log.Finding(
                fault.Kind!,
                slot,
                fault.Rule,
                fault.Expected.ToString(CultureInfo.InvariantCulture),
                fault.Seen.ToString(CultureInfo.InvariantCulture)) with
            { FromSeq = fault.FromSeq, ToSeq = fault.ToSeq },
            slot);
    }
}
