using Ticklake.Core.Markets;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Replay;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Coverage;

/// <summary>
/// The completeness ledger of a lake, made from its manifests and <c>controls</c> rows alone: <c>docs/format/coverage.md</c>.
/// One thread.
/// </summary>
public sealed class CoverageLedger
{
    const string RetiredNote = "retired.json";

    readonly string _lake;
    readonly Func<MarketId, bool> _isWanted;
    readonly List<string> _faults = [];

    CoverageLedger(string lake, Func<MarketId, bool> isWanted) => (_lake, _isWanted) = (lake, isWanted);

    /// <summary>What could not be read, in words: streams it concerns are not called complete for it.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Streams by name.</summary>
    public IReadOnlyList<StreamCoverage> Streams { get; private set; } = [];

    /// <param name="lake">The data folder.</param>
    /// <param name="entries">Its sealed segments.</param>
    /// <param name="isWanted">Markets to judge; all are read.</param>
    public static CoverageLedger Read(string lake, IEnumerable<CatalogEntry> entries, Func<MarketId, bool>? isWanted = null)
    {
        var ledger = new CoverageLedger(lake, isWanted ?? (static _ => true));
        ledger.Build(entries);
        return ledger;
    }

    void Build(IEnumerable<CatalogEntry> entries)
    {
        var markets = entries.GroupBy(e => e.Stream.Market)
            .Select(g => (Entries: g.ToList(), Timeline: new MarketTimeline(g.Key, [.. g], RecordsOf(g.Key, g)))).ToList();
        var sessions = markets.SelectMany(m => m.Timeline.Sessions).ToList();
        var running = Span.Merge(sessions.Select(s => new Span(s.BeginUs, s.EndUs)));
        Streams =
        [
            .. markets.Where(m => _isWanted(m.Timeline.Market)).SelectMany(m => Judge(m.Entries, m.Timeline, running))
                .OrderBy(s => s.Stream.ToString(), StringComparer.Ordinal),
        ];
    }

    IEnumerable<StreamCoverage> Judge(List<CatalogEntry> entries, MarketTimeline market, List<Span> running)
    {
        var rows = new Dictionary<StreamKey, StreamRows>();
        StreamRows RowsOf(StreamKey stream) =>
            rows.TryGetValue(stream, out var known) ? known : rows[stream] = new StreamRows(stream, PathOf);
        foreach (var entry in entries.OrderBy(e => e.Manifest.FirstRecvUs).ThenBy(e => e.Path, StringComparer.Ordinal))
            TryAdd(RowsOf(entry.Stream), entry);
        foreach (var stream in market.Sessions.SelectMany(s => s.Streams))
            RowsOf(stream);
        var controls = rows.Values.FirstOrDefault(r => r.Stream.Channel == Channel.Controls);
        foreach (var stream in rows.Values.Where(r => r.Stream.Channel != Channel.Controls).ToList())
        {
            var carriages = new StreamCarriages(stream, market, controls, s => IsSettled(s, market.LastUs));
            var subject = carriages.Book is { } book ? RowsOf(book) : stream;
            var holes = new StreamHoles(stream, subject, carriages, market, running.Count == 0 ? 0 : running[^1].ToUs);
            var judged = new StreamLedger(stream, carriages, holes, running).Judge();
            if (judged.Hours.Count > 0)
                yield return judged;
        }
    }

    void TryAdd(StreamRows rows, CatalogEntry entry)
    {
        try
        {
            rows.Add(entry);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or IOException)
        {
            _faults.Add($"{entry.FilePath}: {e.Message}");
        }
    }

    List<ControlRecord> RecordsOf(MarketId market, IEnumerable<CatalogEntry> entries)
    {
        var records = new List<ControlRecord>();
        foreach (var entry in entries.Where(e => e.Stream.Channel == Channel.Controls))
        {
            try
            {
                records.AddRange(ControlsReading.Read(market, Path.Combine(_lake, entry.FilePath)).ToList());
            }
            catch (Exception e) when (e is InvalidDataException or NotSupportedException or IOException or KeyNotFoundException)
            {
                _faults.Add($"{entry.FilePath}: {e.Message}");
            }
        }

        return records;
    }

    string? PathOf(CatalogEntry entry)
    {
        var path = Path.Combine(_lake, entry.FilePath);
        return File.Exists(path) ? path : null;
    }

    // Where the journal is kept, its note says whether every row of an ended session is sealed (journal.md). A day's segments
    // are sealed when the day is over; who still lacks the note later has rows that the store could not take.
    bool IsSettled(SessionLife session, long lastUs)
    {
        const long DayAndHour = 25 * Span.Hour;
        if (!session.HasEnded || session.IsImported || lastUs < session.EndUs + DayAndHour)
            return true;
        var folder = Path.Combine(
            _lake, JournalFolder.Name, session.Market.Exchange, session.Market.Market, session.ConnId);
        return !Directory.Exists(folder)
            || File.Exists(Path.Combine(folder, SessionMarker.FileName)) || File.Exists(Path.Combine(folder, RetiredNote));
    }
}
