using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Pipeline;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Coverage;

/// <summary>Where a stream has holes: <c>docs/format/coverage.md</c>, section Holes.</summary>
/// <param name="rows">Its rows.</param>
/// <param name="subject">Rows of the stream that findings name: its book's where it is made from one.</param>
/// <param name="carriages">When it was carried.</param>
/// <param name="market">The market's records.</param>
/// <param name="recorderEndUs">The recorder's last sign of life in any market.</param>
sealed class StreamHoles(
    StreamRows rows, StreamRows subject, StreamCarriages carriages, MarketTimeline market, long recorderEndUs)
{
    // A subscription's first data belong to it; later ones tell of the market.
    const long FirstDataUs = 60_000_000;

    // What comes later is a hole (tables.md).
    const string GivenUp = "stream_given_up";

    bool IsBook => subject.Stream.Channel is Channel.Books or Channel.RawBooks;

    bool IsDerived => carriages.Book is not null;

    // A stream whose own ids show what a disconnection lost is not said to have a hole where they show none.
    bool IsChained => !IsDerived && rows.Stream.Channel == Channel.Trades
        && ExchangeCatalog.Find(rows.Stream.Market.Exchange)?.RulesFor(rows.Stream).Trades
            is TradeIdRule.Consecutive or TradeIdRule.ConsecutiveSequence;

    /// <summary>All of them in order; and the outages that the stream's ids prove harmless.</summary>
    public (IReadOnlyList<CoverageHole> Holes, IReadOnlyList<Span> Bridged) Find()
    {
        var records = market.About(subject.Stream).Where(r => r.IsHole).ToList();
        var holes = records.Select(HoleOf).Concat(Unrecorded(records)).ToList();
        var lost = Interruptions().Where(i => !holes.Any(h => h.FromUs <= i.FromUs && h.ToUs >= i.FromUs));
        // Said again and again until it comes back.
        holes.AddRange(lost.GroupBy(h => (h.Reason, h.ToUs)).Select(g => g.MinBy(h => h.FromUs)!).ToList());
        holes.AddRange(Silences());
        var bridged = new List<Span>();
        holes.AddRange(Outages(holes, bridged).ToList());
        return ([.. holes.Distinct().OrderBy(h => h.FromUs).ThenBy(h => h.ToUs)], bridged);
    }

    CoverageHole HoleOf(ControlRecord record)
    {
        var bounds = record.Bounds ?? new Span(
            subject.Before(record.TimeUs) ?? market.Sessions.First(s => s.ConnId == record.ConnId).BeginUs, record.TimeUs);
        var to = record.Bounds is null && IsBook ? ProvenAgain(record) : EndOf(record, bounds);
        // Its first row behind the hole is written as soon as its book is sound.
        if (IsDerived)
            to = rows.After(to - 1) ?? carriages.Carried.Select(c => c.ToUs).Append(to).Max();
        return new CoverageHole(Math.Min(bounds.FromUs, to), to, record.Kind)
        {
            FromSeq = record.FromSeq,
            ToSeq = record.ToSeq,
            SourceFile = record.SourceFile,
            Line = record.Line,
        };
    }

    // The finding reaches to the first data. A quiet stream was connected again long before.
    long EndOf(ControlRecord record, Span bounds) =>
        record.Kind == IntegrityKind.Disconnect && !IsBook && carriages.In(record.ConnId) is { } now
        && now.FromUs >= bounds.FromUs && bounds.ToUs - now.FromUs > FirstDataUs ? now.FromUs : bounds.ToUs;

    // Until its next proof nothing is known of a book.
    long ProvenAgain(ControlRecord record) => market.About(subject.Stream)
        .Where(r => r.Kind == IntegrityKind.Resynced
            && (r.TimeUs > record.TimeUs || (r.TimeUs == record.TimeUs && r.Line >= record.Line)))
        .Select(r => (long?)r.TimeUs).FirstOrDefault()
        ?? carriages.Carried.Select(c => c.ToUs).Append(record.TimeUs).Max();

    // Marks in manifests whose controls rows are gone.
    IEnumerable<CoverageHole> Unrecorded(IReadOnlyList<ControlRecord> records)
    {
        var known = records.Select(r => (r.SourceFile, r.Line, r.Kind)).ToHashSet();
        return rows.Marks.Where(m => !known.Contains((m.SourceFile, m.Line, m.Reason))).Select(HoleOf);
    }

    CoverageHole HoleOf(GapMark mark) => new(rows.Before(mark.RecvUs) ?? mark.RecvUs, mark.RecvUs, mark.Reason)
    {
        FromSeq = mark.FromSeq,
        ToSeq = mark.ToSeq,
        SourceFile = mark.SourceFile,
        Line = mark.Line,
    };

    // The stream was lost and did not come back, so that no finding could tell how long it was gone.
    IEnumerable<CoverageHole> Interruptions() =>
        from carriage in carriages.Carried
        from record in carriage.Session.About(subject.Stream)
        where record.Kind is "heartbeat_lost" or "stream_refused" or "poll_failed"
            && record.TimeUs >= carriage.FromUs && record.TimeUs < carriage.ToUs
        select new CoverageHole(record.TimeUs, BackAgain(carriage, record.TimeUs), record.Kind)
        {
            SourceFile = record.SourceFile,
            Line = record.Line,
        };

    long BackAgain(Carriage carriage, long us) => Math.Min(
        Math.Min(subject.After(us) ?? long.MaxValue, carriage.ToUs),
        carriage.Session.About(subject.Stream).Where(r => r.Kind == "subscribed" && r.TimeUs > us)
            .Select(r => r.TimeUs).FirstOrDefault(long.MaxValue));

    // Granted, but nothing came. What comes soon after asking again shows that the first grant was worth nothing; two grants
    // without data in as long a time show that there was nothing to send.
    IEnumerable<CoverageHole> Silences()
    {
        foreach (var carriage in carriages.Carried)
        {
            var silent = carriage.Session.About(subject.Stream)
                .Where(r => r.Kind == "stream_silent" && r.TimeUs > carriage.FromUs && r.TimeUs <= carriage.ToUs)
                .GroupBy(r => Math.Max(carriage.FromUs, subject.Before(r.TimeUs) ?? long.MinValue));
            foreach (var (sinceUs, last) in silent.Select(g => (g.Key, g.Last())))
            {
                var next = Math.Min(subject.After(last.TimeUs) ?? long.MaxValue, carriage.ToUs);
                if (next - last.TimeUs <= last.TimeUs - sinceUs)
                {
                    yield return new CoverageHole(sinceUs, next, last.Kind)
                    {
                        SourceFile = last.SourceFile,
                        Line = last.Line,
                    };
                }
            }
        }
    }

    // Between its sessions nobody listened, whether data have told so yet or not.
    IEnumerable<CoverageHole> Outages(List<CoverageHole> declared, List<Span> bridged)
    {
        var ordered = carriages.Carried.OrderBy(c => c.FromUs).ToList();
        for (var i = 1; i < ordered.Count; i++)
        {
            var before = ordered.Take(i).MaxBy(c => c.ToUs)!;
            var outage = new Span(before.ToUs, ordered[i].FromUs);
            if (outage.FromUs >= outage.ToUs || declared.Any(h => h.FromUs <= outage.ToUs && h.ToUs >= outage.FromUs))
                continue;
            if (IsChained && ordered.Skip(i).Any(c => rows.ComeFrom(c.Session.ConnId)))
                bridged.Add(outage);
            else
                yield return new CoverageHole(outage.FromUs, outage.ToUs, before.IsGivenUp ? GivenUp : IntegrityKind.Disconnect);
        }

        if (ordered.Count > 0 && ordered.MaxBy(c => c.ToUs) is { IsGivenUp: false, Session.WasLost: true } last
            && recorderEndUs > last.ToUs && last.ToUs == last.Session.EndUs)
            yield return new CoverageHole(last.ToUs, recorderEndUs, IntegrityKind.Disconnect);
    }
}
