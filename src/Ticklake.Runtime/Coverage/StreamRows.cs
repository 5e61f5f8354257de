using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Coverage;

/// <summary>The sealed segments of one stream: rows by hour, and which sessions they come from. One thread.</summary>
/// <param name="stream">The stream.</param>
/// <param name="pathOf">Full path of a segment's file, or null where it is not there (shipped and removed).</param>
sealed class StreamRows(StreamKey stream, Func<CatalogEntry, string?> pathOf)
{
    readonly List<CatalogEntry> _entries = [];
    readonly SortedDictionary<long, List<(CatalogEntry Entry, HourPart? Part)>> _hours = [];
    readonly HashSet<string> _sessions = [];

    public StreamKey Stream { get; } = stream;

    public IEnumerable<long> Hours => _hours.Keys;

    /// <summary>The latest sealed row.</summary>
    public long? LastUs { get; private set; }

    public IEnumerable<GapMark> Marks => _entries.SelectMany(e => e.Manifest.Gaps);

    public bool ComeFrom(string connId) => _sessions.Contains(connId);

    public void Add(CatalogEntry entry)
    {
        var manifest = entry.Manifest;
        _entries.Add(entry);
        foreach (var range in manifest.Journal.Where(r => r.Rows > 0))
            _sessions.Add(SessionOf(range.File));
        LastUs = Math.Max(LastUs ?? long.MinValue, manifest.LastRecvUs);
        var (first, last) = (Span.HourOf(manifest.FirstRecvUs), Span.HourOf(manifest.LastRecvUs));
        if (first == last)
            Add(first, entry, new HourPart(manifest.Rows, TimesOf(manifest), manifest.FirstSeq, manifest.LastSeq));
        else if (pathOf(entry) is { } path)
        {
            foreach (var (hour, part) in RowTimes.ByHour(path))
                Add(hour, entry, part);
        }
        else
        {
            for (var hour = first; hour <= last; hour += Span.Hour)
                Add(hour, entry, null);
        }
    }

    /// <summary>The hour as its segments tell it, without a verdict.</summary>
    public CoverageHour Describe(CoverageHour hour)
    {
        if (!_hours.TryGetValue(hour.HourUs, out var parts))
            return hour;
        var known = parts.Where(p => p.Part is not null).Select(p => p.Part!.Value).ToList();
        var begun = parts.Select(p => p.Entry.Manifest)
            .Where(m => Span.HourOf(m.FirstRecvUs) == hour.HourUs).ToList();
        return hour with
        {
            Rows = known.Count == parts.Count ? known.Sum(p => p.Rows) : null,
            FirstSeq = known.Select(p => p.FirstSeq).FirstOrDefault(s => s is not null),
            LastSeq = known.Select(p => p.LastSeq).LastOrDefault(s => s is not null),
            ChecksumsOk = begun.Sum(m => m.ChecksumsOk),
            ChecksumsMismatched = begun.Sum(m => m.ChecksumsMismatched),
            Files = [.. parts.Select(p => p.Entry)],
        };
    }

    /// <summary>The stream's first row behind a time, as exactly as the files there allow; null where there is none.</summary>
    public long? After(long us)
    {
        foreach (var entry in _entries.Where(e => e.Manifest.LastRecvUs > us).OrderBy(e => e.Manifest.FirstRecvUs))
        {
            if (entry.Manifest.FirstRecvUs > us)
                return entry.Manifest.FirstRecvUs;
            var found = pathOf(entry) is { } path ? RowTimes.After(path, us) : entry.Manifest.LastRecvUs;
            if (found is not null)
                return found;
        }

        return null;
    }

    /// <summary>Its last row before a time.</summary>
    public long? Before(long us)
    {
        foreach (var entry in _entries.Where(e => e.Manifest.FirstRecvUs < us).OrderByDescending(e => e.Manifest.FirstRecvUs))
        {
            if (entry.Manifest.LastRecvUs < us)
                return entry.Manifest.LastRecvUs;
            var found = pathOf(entry) is { } path ? RowTimes.Before(path, us) : entry.Manifest.FirstRecvUs;
            if (found is not null)
                return found;
        }

        return null;
    }

    /// <summary>The <c>conn_id</c> in a journal file's path (journal.md).</summary>
    public static string SessionOf(string sourceFile) => sourceFile.Split('/') is [.., var session, _] ? session : "";

    static Span TimesOf(SegmentManifest manifest) => new(
        Math.Min(manifest.FirstRecvUs, manifest.LastRecvUs), Math.Max(manifest.FirstRecvUs, manifest.LastRecvUs));

    void Add(long hour, CatalogEntry entry, HourPart? part)
    {
        if (!_hours.TryGetValue(hour, out var parts))
            _hours.Add(hour, parts = []);
        parts.Add((entry, part));
    }
}
