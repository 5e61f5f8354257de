using System.Globalization;
using Ticklake.Core.Events;
using Ticklake.Exchanges;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Pipeline;

/// <summary>The way of best prices: their update ids rise, where the exchange numbers them. Session thread only.</summary>
sealed class BookTickerPath(FrameCursor cursor, RowWriter rows, IntegrityLog log)
{
    const long FirstId = 1;

    public void Write(RowSlot slot, in BookTickerEvent ticker)
    {
        if (ticker.UpdateId != EventStamp.None && !CheckOrder(slot, ticker.UpdateId))
            return;
        var stamp = cursor.Next();
        if (rows.BatchFor(slot, cursor.LineNumber, cursor.Time) is BookTickerRows batch)
            batch.Add(stamp, ticker);
    }

    bool CheckOrder(RowSlot slot, long updateId)
    {
        var last = slot.State.LastTickerId;
        // The last message of all may come again: it is the present state.
        if (slot.State.Rules.TickerIds != TickerIdRule.MayRepeatAndFall && updateId != last
            && slot.HasBegunAnew(updateId, last, cursor.Time))
        {
            log.ReportNewIds(slot, last, updateId);
            last = EventStamp.None;
        }

        if (last == EventStamp.None || updateId > last || WasReset(slot, updateId, last))
        {
            slot.State.LastTickerId = updateId;
            slot.HasNews = true;
            slot.Behind.Clear();
            return true;
        }

        if (!slot.HasNews || slot.IsOverlap(updateId))
            return false;
        var isRepeat = updateId == last;
        if (isRepeat && slot.State.Rules.TickerIds == TickerIdRule.MayRepeatAndFall)
            return false;
        Declare(slot, updateId, last, isRepeat ? IntegrityKind.Duplicate : IntegrityKind.OutOfOrder);
        if (!isRepeat && IsProof(slot.Behind, updateId))
        {
            Declare(slot, last, slot.Behind.LastOfRun, IntegrityKind.Outlier);
            slot.State.LastTickerId = updateId;
            slot.Behind.Clear();
        }

        return !isRepeat;
    }

    // Ids that rise among themselves, all of them behind the highest: it is that one which is wrong.
    static bool IsProof(LoneIds behind, long updateId) =>
        behind.IsProof(updateId > behind.LastOfRun ? behind.LastOfRun : EventStamp.None, updateId);

    /// <summary>The exchange has begun to count anew in the middle of a session, as its rule allows.</summary>
    bool WasReset(RowSlot slot, long updateId, long last) => slot.State.Rules.TickerIds switch
    {
        TickerIdRule.MayBeginAtOne => updateId == FirstId && last > FirstId,
        // Messages of a connection come in order: what is lower than its own last, or than what a connection long gone has
        // brought, is a counter that was reset.
        TickerIdRule.MayRepeatAndFall => updateId < last && (slot.HasNews || !slot.IsOverlap(cursor.Time)),
        _ => false,
    };

    void Declare(RowSlot slot, long seen, long last, string kind) => log.Report(
        log.Finding(
            kind,
            slot,
            "update ids rise",
            "> " + last.ToString(CultureInfo.InvariantCulture),
            seen.ToString(CultureInfo.InvariantCulture)),
        slot);
}
