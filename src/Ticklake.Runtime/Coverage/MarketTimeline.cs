using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Coverage;

/// <summary>What the segments of one market tell of it as a whole: its sessions, and how far rows are sealed.</summary>
sealed class MarketTimeline
{
    // Batches of other sessions reach the store this much later at most (SessionTiming.HandOverAge, and the queue).
    const long OnTheWayUs = 5_000_000;

    // A segment whose span is over is sealed half a minute later at the latest (StorePump).
    const long SealingUs = 120_000_000;

    readonly Dictionary<string, long> _replayed = [];
    readonly ILookup<StreamKey?, ControlRecord> _about;
    readonly long _sealedUs = long.MinValue;

    public MarketTimeline(MarketId market, IReadOnlyList<CatalogEntry> entries, IEnumerable<ControlRecord> records)
    {
        Market = market;
        Records = [.. records.OrderBy(r => r.TimeUs).ThenBy(r => r.SourceFile, StringComparer.Ordinal).ThenBy(r => r.Line)];
        _about = Records.ToLookup(r => r.Stream);
        var signs = SignsOf(entries);
        Sessions =
        [
            .. Records.GroupBy(r => r.ConnId)
                .Select(g => new SessionLife(market, g.Key, g, signs.TryGetValue(g.Key, out var us) ? us : null))
                .OrderBy(s => s.BeginUs),
        ];
        LastUs = entries.Count == 0 ? long.MinValue : entries.Max(e => e.Manifest.LastRecvUs);
        foreach (var manifest in entries.Select(e => e.Manifest))
            _sealedUs = Math.Max(_sealedUs, SealedBy(manifest) ?? long.MinValue);
    }

    public MarketId Market { get; }

    public IReadOnlyList<ControlRecord> Records { get; }

    /// <summary>Rows that name the stream, in order.</summary>
    public IEnumerable<ControlRecord> About(StreamKey stream) => _about[stream];

    /// <summary>By their beginning.</summary>
    public IReadOnlyList<SessionLife> Sessions { get; }

    /// <summary>The latest sealed row of the market.</summary>
    public long LastUs { get; }

    /// <summary>Until when every row of the stream that the store was given is sealed.</summary>
    public long SealedUs(long? lastRowUs, IEnumerable<SessionLife> carriers) => carriers
        .Select(s => _replayed.GetValueOrDefault(s.ConnId, long.MinValue))
        .Append(_sealedUs).Append(lastRowUs ?? long.MinValue).Max();

    // The latest row that a journal range proves; of a range in the middle of a segment the time is not known.
    static Dictionary<string, long> SignsOf(IEnumerable<CatalogEntry> entries)
    {
        var signs = new Dictionary<string, long>();
        foreach (var manifest in entries.Select(e => e.Manifest).Where(m => m.Journal.Count > 0))
        {
            Note(StreamRows.SessionOf(manifest.Journal[0].File), manifest.FirstRecvUs);
            Note(StreamRows.SessionOf(manifest.Journal[^1].File), manifest.LastRecvUs);
        }

        return signs;

        void Note(string session, long us) => signs[session] = Math.Max(us, signs.GetValueOrDefault(session, long.MinValue));
    }

    long? SealedBy(SegmentManifest manifest)
    {
        switch (manifest.EndReason)
        {
            case EndReasons.Shutdown:
                return manifest.LastRecvUs;
            case EndReasons.Flush:
                return manifest.LastRecvUs - OnTheWayUs;
            case EndReasons.EndOfJournal:
                foreach (var session in manifest.Journal.Select(r => StreamRows.SessionOf(r.File)))
                    _replayed[session] = Math.Max(manifest.LastRecvUs, _replayed.GetValueOrDefault(session, long.MinValue));
                return null;
            case EndReasons.Hour or EndReasons.Day:
                var span = manifest.EndReason == EndReasons.Hour ? Span.Hour : 24 * Span.Hour;
                var end = manifest.LastRecvUs - (manifest.LastRecvUs % span) + span;
                return LastUs >= end + SealingUs ? end : null;
            default:
                return null;
        }
    }
}
