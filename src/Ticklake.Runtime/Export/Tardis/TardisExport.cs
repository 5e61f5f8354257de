using Ticklake.Columnar;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Pipeline;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Export.Tardis;

/// <summary>Writes tardis.dev's CSV files from sealed segments; <c>docs/exports.md</c> says what is written. One thread.</summary>
sealed class TardisExport(ExportRequest request, ExportReport report, ExportFolder folder)
{
    public void Run(IEnumerable<CatalogEntry> segments, CancellationToken cancel)
    {
        var plans = Plans(segments).ToList();
        if (plans.Count == 0)
            throw new ExportRefusedException("The lake has no sealed segment of what was asked for. 'files' lists what there is.");
        folder.Expect(plans.SelectMany(p => p.Tables.SelectMany(t => p.Segments.SelectMany(s => NamesOf(t, s)))).Distinct());
        foreach (var plan in plans)
        {
            if (plan.Stream.Channel == Channel.Books)
                new BookFiles(plan, report).Write(request, cancel);
            else
                new RowFiles(plan, report).Write(request, cancel);
            foreach (var table in plan.Tables)
                table.Finish();
        }
    }

    IEnumerable<string> NamesOf(TardisTable table, CatalogEntry segment)
    {
        var first = Math.Max(segment.Manifest.FirstRecvUs, request.FromUs);
        return table.NamesBetween(first, Math.Min(segment.Manifest.LastRecvUs, request.ToUs - 1));
    }

    List<TardisType> Types()
    {
        var unknown = request.Types.FirstOrDefault(t => TardisType.Find(t) is null);
        if (unknown is not null)
        {
            throw new ExportRefusedException(
                $"tardis-csv has no type '{unknown}'. Types: {string.Join(", ", TardisType.All.Select(t => t.Name))}.");
        }

        return [.. TardisType.All.Where(t => request.Types.Count == 0 || request.Types.Contains(t.Name))];
    }

    IEnumerable<StreamPlan> Plans(IEnumerable<CatalogEntry> segments)
    {
        var types = Types();
        var streams = segments
            .Where(s => request.Includes(s.Stream.Market) && request.Includes(s.Stream.Symbol)
                && types.Any(t => t.Channel == s.Stream.Channel) && !DerivedStream.IsDerived(s.Stream))
            .GroupBy(s => s.Stream)
            .GroupBy(g => (g.Key.Market, g.Key.Channel, g.Key.Symbol))
            .OrderBy(g => g.First().Key.ToString(), StringComparer.Ordinal);
        foreach (var variants in streams)
        {
            var chosen = variants.OrderBy(g => g.Key.Variant.Length > 0).ThenBy(g => g.Key.Variant, StringComparer.Ordinal).First();
            foreach (var other in variants.Where(g => g.Key != chosen.Key))
                report.Notes.Add($"{other.Key} is left out: the files have room for one stream, that is {chosen.Key}");
            if (PlanOf(chosen.Key, [.. chosen.OrderBy(s => s.Manifest.FirstRecvUs)], types) is { } plan)
                yield return plan;
        }
    }

    StreamPlan? PlanOf(StreamKey stream, List<CatalogEntry> segments, List<TardisType> types)
    {
        if (ExchangeCatalog.Find(stream.Market.Exchange) is null)
        {
            report.Notes.Add($"{stream} is left out: this program knows no such exchange");
            return null;
        }

        var reached = segments.Where(s => s.Manifest.FirstRecvUs < request.ToUs).ToList();
        if (!reached.Exists(s => s.Manifest.LastRecvUs >= request.FromUs))
            return null;
        var missing = reached.Where(s => !File.Exists(PathOf(s))).ToList();
        var there = reached.Except(missing).ToList();
        if (missing.Count > 0)
            report.Notes.Add($"{stream}: {missing.Count:N0} of {reached.Count:N0} segments are not here (shipped or removed): a hole each");
        if (there.Count == 0)
            return null;
        var needed = stream.Channel == Channel.Books
            ? there.GetRange(FirstNeeded(there), there.Count - FirstNeeded(there))
            : there.FindAll(s => s.Manifest.LastRecvUs >= request.FromUs);
        report.InexactValues += needed.Sum(s => s.Manifest.InexactValues);
        if (!TardisNames.Knows(stream.Market) && !report.Notes.Exists(n => n.StartsWith($"{stream.Market} ", StringComparison.Ordinal)))
            report.Notes.Add($"{stream.Market} has no name at tardis.dev: the files say {TardisNames.ExchangeOf(stream.Market)}");
        return new StreamPlan(
            stream, request, [.. types.Where(t => t.Channel == stream.Channel).Select(t => new TardisTable(t, stream, request, folder))])
        {
            Segments = needed,
            Holes = new StreamHoles(reached, missing),
        };
    }

    /// <summary>
    /// The segment to begin with so that the book is known at the time asked for: the last one with a snapshot before it, and
    /// the one before that, whose updates the snapshot may have to be joined to.
    /// </summary>
    int FirstNeeded(List<CatalogEntry> segments)
    {
        if (request.FromUs == long.MinValue)
            return 0;
        for (var i = segments.FindLastIndex(s => s.Manifest.FirstRecvUs <= request.FromUs); i >= 0; i--)
        {
            if (HasSnapshotBefore(PathOf(segments[i]), request.FromUs))
                return Math.Max(0, i - 1);
        }

        return 0;
    }

    static bool HasSnapshotBefore(string path, long us)
    {
        using var reader = SegmentFile.Open(path);
        for (var group = 0; group < reader.GroupRows.Count; group++)
        {
            var table = reader.Read(group, ["recv_ts", "is_snapshot"]);
            var times = ((FixedValues<long>)table.Columns[0]).Values;
            var flags = ((FixedValues<bool>)table.Columns[1]).Values;
            var first = flags.IndexOf(true);
            if (first >= 0 && times[first] < us)
                return true;
        }

        return false;
    }

    string PathOf(CatalogEntry segment) => Path.Combine(request.DataDirectory, segment.FilePath);
}
