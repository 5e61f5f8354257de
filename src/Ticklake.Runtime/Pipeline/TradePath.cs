using System.Globalization;
using Ticklake.Core.Events;
using Ticklake.Core.Time;
using Ticklake.Exchanges;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Pipeline;

/// <summary>The way of trades: one row per trade, confirmations folded in, repetitions left out, holes declared.</summary>
sealed class TradePath(FrameCursor cursor, RowWriter rows, IntegrityLog log)
{
    const string ConfirmationRule = "tu confirms an earlier te";

    // A te that has not followed its tu after so many more will not.
    const int MostUnexecuted = 64;

    readonly List<RowSlot> _holding = [];

    public void Write(RowSlot slot, in TradeEvent trade)
    {
        if (slot.State.TradeIds is { } ids && CountOf(slot, trade) != EventStamp.None)
        {
            if (!CheckConsecutive(slot, ids, CountOf(slot, trade), trade.FillCount, trade.IsSnapshot))
                return;
            Add(slot, trade, new RowPlace(cursor.Time, cursor.LineNumber, cursor.Next().RowInFrame));
            return;
        }

        if (slot.State.RecentTrades is not { } recent || trade.Id.IsNone)
        {
            Add(slot, trade, new RowPlace(cursor.Time, cursor.LineNumber, cursor.Next().RowInFrame));
            return;
        }

        if (trade.Message is TradeMessage.Executed or TradeMessage.Updated)
            WriteConfirmable(slot, recent, trade);
        else if (TakeExecution(slot, recent, trade))
            Add(slot, trade, new RowPlace(cursor.Time, cursor.LineNumber, cursor.Next().RowInFrame));
    }

    /// <summary>An id that no row has.</summary>
    public void PassOver(RowSlot slot, TradeId id)
    {
        if (slot.State.TradeIds is { } ids && id.IsNumber)
            CheckConsecutive(slot, ids, id.Number, fills: 1, isSnapshot: false);
    }

    /// <summary>Lets go of trades whose confirmation is overdue; all of them at the end of a session or journal file.</summary>
    public void Release(TimestampNs? now)
    {
        for (var i = _holding.Count - 1; i >= 0; i--)
        {
            var slot = _holding[i];
            ReleaseFrom(slot, now);
            if (slot.Confirmations!.Count == 0)
                _holding.RemoveAt(i);
        }
    }

    public bool IsHolding => _holding.Count > 0;

    /// <summary>
    /// The exchange names the stream's latest trade. Trades and this word may overtake each other, so what is missing is judged
    /// at the next one. True: trades were lost.
    /// </summary>
    public bool TakeLatest(RowSlot slot, long id)
    {
        if (slot.State.TradeIds is not { Last: not EventStamp.None } ids)
            return false;
        var announced = slot.AnnouncedTrade;
        slot.AnnouncedTrade = id;
        if (announced == EventStamp.None || ids.Last >= announced)
            return false;
        var finding = log.Finding(
            IntegrityKind.Gap,
            slot,
            "the latest trade the exchange names has come",
            announced.ToString(CultureInfo.InvariantCulture),
            ids.Last.ToString(CultureInfo.InvariantCulture));
        log.Report(finding with { FromSeq = ids.Last + 1, ToSeq = announced }, slot);
        ids.Miss(announced);
        return true;
    }

    /// <summary>The number that counts the stream's trades: the id, or a counter beside it.</summary>
    static long CountOf(RowSlot slot, in TradeEvent trade) =>
        slot.State.Rules.Trades == TradeIdRule.ConsecutiveSequence ? trade.Stamp.Seq : trade.Id.Number;

    bool CheckConsecutive(RowSlot slot, ContinuousIds ids, long id, int fills, bool isSnapshot)
    {
        if (!isSnapshot && id != ids.Last && slot.HasBegunAnew(id, ids.Last, cursor.Time))
        {
            // The very last trade may come again: it is the present state.
            log.ReportNewIds(slot, ids.Last, id);
            ids.Forget();
        }

        var first = id - fills + 1;
        var continuity = ids.Check(first, id);
        switch (continuity)
        {
            case Continuity.Gap:
                log.Report(
                    Finding(slot, IntegrityKind.Gap, ids.Expected, first) with { FromSeq = ids.Expected, ToSeq = first - 1 }, slot);
                break;
            case Continuity.Late:
                log.Report(
                    Finding(slot, IntegrityKind.OutOfOrder, ids.Expected, id) with { FromSeq = first, ToSeq = id }, slot);
                break;
            case Continuity.Outlier:
                log.Report(
                    Finding(slot, IntegrityKind.Outlier, ids.Expected, ids.Outlier) with
                    { FromSeq = ids.Outlier, ToSeq = ids.Outlier },
                    slot);
                break;
            // A snapshot repeats what is recorded by nature.
            case Continuity.Repeat when !slot.HasNews || isSnapshot:
                return false;
            case Continuity.Repeat:
                if (!slot.IsOverlap(id))
                {
                    log.Report(
                        Finding(slot, IntegrityKind.Duplicate, ids.Expected, id) with { FromSeq = first, ToSeq = id }, slot);
                }

                return false;
        }

        slot.HasNews = true;
        return true;
    }

    IntegrityEvent Finding(RowSlot slot, string kind, long expected, long seen) => log.Finding(
        kind,
        slot,
        "trade id == last trade id + 1",
        expected.ToString(CultureInfo.InvariantCulture),
        seen.ToString(CultureInfo.InvariantCulture));

    void WriteConfirmable(RowSlot slot, RecentIds recent, in TradeEvent trade)
    {
        if (trade.IsSnapshot)
            slot.SnapshotUntilUs = Math.Max(slot.SnapshotUntilUs ?? long.MinValue, trade.TradeTimeUs);
        var isNew = trade.Message == TradeMessage.Updated ? TakeConfirmation(slot, recent, trade) : TakeExecution(slot, recent, trade);
        if (!isNew)
            return;
        if (slot.Confirmations!.Count == 0)
            _holding.Add(slot);
        slot.Confirmations.Hold(trade, new RowPlace(cursor.Time, cursor.LineNumber, cursor.Next().RowInFrame));
        ReleaseFrom(slot, cursor.Time);
    }

    bool TakeConfirmation(RowSlot slot, RecentIds recent, in TradeEvent trade)
    {
        var isFirst = slot.Confirmed!.Add(trade.Id);
        if (slot.Confirmations!.Confirm(trade))
        {
            ReleaseFrom(slot, cursor.Time);
            return false;
        }

        if (!recent.Add(trade.Id))
        {
            if (!isFirst)
                log.Report(RepeatedTrade(slot, trade), slot);
            return false;
        }

        slot.HasNews = true;
        ReportMissingExecution(slot, trade);
        return true;
    }

    bool TakeExecution(RowSlot slot, RecentIds recent, in TradeEvent trade)
    {
        if (recent.Add(trade.Id))
        {
            slot.HasNews |= !trade.IsSnapshot;
            return true;
        }

        // A snapshot, and a connection that takes over from another, repeat what is recorded; that is no fault.
        if (slot.Unexecuted.Remove(trade.Id))
            log.Report(
                log.Finding(IntegrityKind.OutOfOrder, slot, ConfirmationRule, "te before tu", "te " + trade.Id), slot);
        else if (!trade.IsSnapshot && slot.HasNews && !slot.IsOverlap(cursor.Time))
            log.Report(RepeatedTrade(slot, trade), slot);
        return false;
    }

    // Every recorded tu follows its te, except for trades older than the subscription, which the snapshot lists. Where a
    // counter runs, the hole has been declared already.
    void ReportMissingExecution(RowSlot slot, in TradeEvent trade)
    {
        if (slot.SnapshotUntilUs is not { } until || trade.TradeTimeUs <= until || trade.Stamp.Seq != EventStamp.None)
            return;
        if (slot.Unexecuted.Count == MostUnexecuted)
            slot.Unexecuted.Clear();
        slot.Unexecuted.Add(trade.Id);
        log.Report(
            log.Finding(IntegrityKind.Gap, slot, ConfirmationRule, "te " + trade.Id, "tu " + trade.Id), slot);
    }

    IntegrityEvent RepeatedTrade(RowSlot slot, in TradeEvent trade) =>
        log.Finding(IntegrityKind.Duplicate, slot, "a trade id comes once", "a new id", trade.Id.ToString());

    void ReleaseFrom(RowSlot slot, TimestampNs? now)
    {
        while (slot.Confirmations!.TryRelease(now, out var trade, out var place))
            Add(slot, trade, place);
    }

    void Add(RowSlot slot, in TradeEvent trade, in RowPlace place)
    {
        if (rows.BatchFor(slot, place.LineNumber, place.Time) is TradeRows batch)
            batch.Add(new RowStamp(place.Time.Microseconds, place.LineNumber, place.Ordinal), trade);
    }
}
