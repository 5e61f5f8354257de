using System.Globalization;
using Ticklake.Core.Events;
using Ticklake.Exchanges;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Pipeline;

/// <summary>The way of best prices: their update ids rise, where the exchange numbers them. Session thread only.</summary>
sealed class BookTickerPath(FrameCursor cursor, RowWriter rows, IntegrityLog log)
{
    // An exchange that has restarted begins at one, in the middle of a session too (bybit.md 5.1).
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

        if (last == EventStamp.None || updateId > last || HasFallen(slot, updateId, last)
            || (updateId == FirstId && last > FirstId))
        {
            slot.State.LastTickerId = updateId;
            slot.HasNews = true;
            return true;
        }

        if (!slot.HasNews || slot.IsOverlap(updateId))
            return false;
        var isRepeat = updateId == last;
        if (isRepeat && slot.State.Rules.TickerIds == TickerIdRule.MayRepeatAndFall)
            return false;
        log.Report(
            log.Finding(
                isRepeat ? IntegrityKind.Duplicate : IntegrityKind.OutOfOrder,
                slot,
                "update ids rise",
                "> " + last.ToString(CultureInfo.InvariantCulture),
                updateId.ToString(CultureInfo.InvariantCulture)),
            slot);
        return !isRepeat;
    }

    // Messages of a connection come in order: what is lower than its own last, or than what a connection long gone has
    // brought, is a counter that was reset.
    bool HasFallen(RowSlot slot, long updateId, long last) =>
        slot.State.Rules.TickerIds == TickerIdRule.MayRepeatAndFall && updateId < last
        && (slot.HasNews || !slot.IsOverlap(cursor.Time));
}
