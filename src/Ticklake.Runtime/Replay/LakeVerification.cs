using System.Globalization;
using Ticklake.Exchanges;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Recording;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Replay;

/// <summary>
/// Proves a lake: every segment against its manifest, every manifest against the catalogue, and every row against the
/// journals, from which all rows are derived anew. Changes nothing; a recorder may be at work. One thread.
/// </summary>
public sealed class LakeVerification
{
    readonly string _lake;
    readonly IReadOnlyList<RetiredSession> _retired;

    VerificationReport _report = new();
    SealedRanges _ranges = new();

    LakeVerification(string lake)
    {
        _lake = lake;
        _retired = RetiredSession.All(lake);
    }

    /// <exception cref="IOException">A file cannot be read.</exception>
    public static async Task<VerificationReport> RunAsync(string lake, CancellationToken cancel)
    {
        var verification = new LakeVerification(lake);
        await verification.RunAsync(cancel).ConfigureAwait(false);
        return verification._report;
    }

    async Task RunAsync(CancellationToken cancel)
    {
        var isRecording = !LakeLock.IsFree(_lake);
        await CheckSegmentsAsync(cancel).ConfigureAwait(false);
        _report.IsRecording = isRecording;
        var sessions = JournalFolder.Sessions(_lake);
        CheckJournals(sessions);
        var matching = new RangeMatching(_ranges);
        var replay = await DeriveAsync(sessions, matching.Take, cancel).ConfigureAwait(false);
        (_report.Sessions, _report.JournalLines, _report.DerivedRows) = (replay.Sessions, replay.Lines, replay.Rows);
        Report(replay);
        // A recorder that started meanwhile has written lines, and may have sealed rows, that were not looked at.
        _report.IsRecording |= !LakeLock.IsFree(_lake);
        Report(matching.Missing, sessions);
        if (!_ranges.All.Any(x => x.Differs))
            return;
        using var comparison = new RowComparison(_lake, _ranges, _report);
        await DeriveAsync(sessions, comparison.Take, cancel).ConfigureAwait(false);
        comparison.Finish();
    }

    async Task CheckSegmentsAsync(CancellationToken cancel)
    {
        var catalog = new SegmentCatalog(_lake, DiskFileSystem.Instance);
        // A recorder that compacts takes segments away: then what was found is of no use.
        IReadOnlySet<string> replaced;
        do
        {
            replaced = catalog.FindReplaced();
            (_report, _ranges) = (new VerificationReport(), new SealedRanges());
            await CheckSegmentsAsync(catalog, replaced, cancel).ConfigureAwait(false);
        }
        while (catalog.FindReplaced().Count != replaced.Count);
    }

    async Task CheckSegmentsAsync(SegmentCatalog catalog, IReadOnlySet<string> replaced, CancellationToken cancel)
    {
        // Read before the manifests are looked for: a segment sealed meanwhile must not seem to lack its manifest.
        var catalogued = catalog.EverSealed().Where(x => !replaced.Contains(x.Path)).ToDictionary(x => x.Path);
        var retired = catalogued.Values.Where(x => x.Retired is not null).ToList();
        NoteRetired(retired);
        var paths = catalog.ManifestPaths().Union(catalogued.Keys).Except(retired.Select(x => x.Path))
            .Where(x => !replaced.Contains(x)).Order(StringComparer.Ordinal);
        var check = new SegmentCheck(_lake, catalog, _report);
        foreach (var path in paths)
        {
            var ranges = await check.RunAsync(path, catalogued.GetValueOrDefault(path), cancel).ConfigureAwait(false);
            foreach (var range in ranges)
                _ranges.Add(range);
        }

        _ranges.Settle(_report);
    }

    // Their lines must not seem to have no segment.
    void NoteRetired(List<CatalogEntry> retired)
    {
        foreach (var entry in retired)
        {
            foreach (var lines in entry.Manifest.Journal)
                _ranges.Add(new SealedRange(entry.FilePath, entry.Stream, lines) { IsComparable = false });
        }

        foreach (var reason in retired.GroupBy(x => x.Retired!.Reason).OrderBy(x => x.Key, StringComparer.Ordinal))
        {
            _report.Note(
                $"{reason.Count()} segments with {reason.Sum(x => x.Manifest.Rows)} rows, up to "
                + $"{UtcText.Micros(reason.Max(x => x.Manifest.LastRecvUs))}, were given up on purpose ({reason.Key})");
        }
    }

    /// <summary>Takes out of the comparison what has no journal, and tells of journals that cannot be read.</summary>
    void CheckJournals(IReadOnlyList<JournalSession> sessions)
    {
        var known = sessions.SelectMany(x => x.Files).Select(x => x.RelativePath).ToHashSet();
        foreach (var path in UnknownFiles(known))
            ReportHeadless(path);
        foreach (var group in _ranges.All.GroupBy(x => x.Lines.File).OrderBy(x => x.Key, StringComparer.Ordinal))
        {
            var isUnknownExchange = ExchangeCatalog.Find(group.First().Stream.Market.Exchange) is null;
            if (known.Contains(group.Key) && !isUnknownExchange)
                continue;
            foreach (var range in group)
                range.IsComparable = false;
            if (!isUnknownExchange && File.Exists(Path.Combine(_lake, group.Key)))
                continue;
            ReportUnverifiable(group.Key, isUnknownExchange, [.. group]);
        }
    }

    // Segments that were made elsewhere, or whose exchange is not known here, have no journal to be compared with; in a lake
    // that keeps journals, one that is gone without a note was lost.
    void ReportUnverifiable(string file, bool isUnknownExchange, IReadOnlyList<SealedRange> ranges)
    {
        var rows = ranges.Sum(x => x.Lines.Rows);
        _report.UnverifiableRows += rows;
        var retired = _retired.FirstOrDefault(x => x.Files.Contains(file));
        var what = isUnknownExchange ? "no adapter for its exchange"
            : retired is not null
                ? string.Create(CultureInfo.InvariantCulture, $"its journal was retired on {retired.RetiredAt:yyyy-MM-dd HH:mm:ss}Z")
            : "the journal is gone";
        what += $"; {rows} rows of {ranges.Select(x => x.Segment).Distinct().Count()} segment(s) cannot be checked against it";
        if (isUnknownExchange || retired is not null || !Directory.Exists(Path.Combine(_lake, JournalFolder.Name)))
            _report.Note($"{file}: {what}");
        else
            _report.Add(file, what + ", and nothing says that it was retired");
    }

    IEnumerable<string> UnknownFiles(HashSet<string> known) =>
        JournalFolder.Paths(_lake).Select(x => x.Relative).Where(x => !known.Contains(x));

    void ReportHeadless(string path)
    {
        using var reader = new JournalReader(Path.Combine(_lake, path));
        while (reader.TryRead(out _))
        {
        }

        // A recorder that was killed at once, or has just begun, leaves no first line; nothing is lost.
        if (reader.End != JournalEnd.Damaged && reader.LinesRead == 0)
            _report.Note($"{path}: holds no lines");
        else
            _report.Add(path, "its first line, which names the session, cannot be read");
    }

    Task<ReplayReport> DeriveAsync(
        IReadOnlyList<JournalSession> sessions, Action<RowBatch> take, CancellationToken cancel)
    {
        var pool = new RowBatchPool();
        var replay = new LakeReplay(
            pool,
            batch =>
            {
                take(batch);
                pool.Return(batch);
                return ValueTask.CompletedTask;
            })
        { Retired = _retired };
        return replay.RunAsync(sessions, cancel);
    }

    void Report(ReplayReport replay)
    {
        foreach (var damage in replay.Damages)
        {
            var cut = damage.IndexOf(": ", StringComparison.Ordinal);
            var (path, what) = (damage[..cut], damage[(cut + 2)..]);
            // What a killed recorder leaves: the rows that were sealed never came from there.
            if (replay.TornFiles.Contains(path) || ExchangeCatalog.Find(path.Split('/')[1]) is null)
                _report.Note(damage);
            else
                _report.Add(path, what);
        }
    }

    void Report(IReadOnlyList<MissingRows> missing, IReadOnlyList<JournalSession> sessions)
    {
        var open = sessions.Where(x => SessionMarker.Find(x) is null)
            .SelectMany(x => x.Files).Select(x => x.RelativePath).ToHashSet();
        foreach (var rows in missing)
        {
            if (_report.IsRecording && open.Contains(rows.File))
            {
                _report.PendingRows += rows.Rows;
                continue;
            }

            _report.Add(
                rows.File,
                $"missing rows: no segment holds the {rows.Rows} rows of {rows.Stream} from lines "
                + $"{rows.FirstLine}-{rows.LastLine}");
        }
    }
}
