using Ticklake.Core.Markets;
using Ticklake.Runtime.Journal;

namespace Ticklake.Runtime.Coverage;

/// <summary>One session as its <c>controls</c> rows tell it.</summary>
sealed class SessionLife
{
    // Acknowledgements that name no stream: those of one opening come within this.
    const long OpeningUs = 60_000_000;

    const string Granted = "subscribed";
    const string StopReason = "the recorder stops";

    readonly List<ControlRecord> _records;
    readonly ILookup<StreamKey?, ControlRecord> _about;
    readonly HashSet<StreamKey> _streams;
    readonly JournalHeader? _header;
    readonly ControlRecord? _end;

    /// <param name="market">Its market.</param>
    /// <param name="connId">Its name.</param>
    /// <param name="records">Its rows, in order.</param>
    /// <param name="lastSignUs">The latest row of any of its streams that is known.</param>
    public SessionLife(MarketId market, string connId, IEnumerable<ControlRecord> records, long? lastSignUs)
    {
        Market = market;
        ConnId = connId;
        _records = [.. records];
        var open = _records.Find(r => r.Kind == "open");
        _header = open is null ? null : JournalHeader.From(open.Detail);
        _about = _records.ToLookup(r => r.Stream);
        _streams = [.. (_header?.Streams ?? []).Concat(_header?.Derived.Select(d => d.Key) ?? [])];
        _end = _records.FindLast(r => r.Kind is "close" or "error");
        BeginUs = (open ?? _records[0]).TimeUs;
        EndUs = _end?.TimeUs ?? Math.Max(_records[^1].TimeUs, lastSignUs ?? long.MinValue);
    }

    public MarketId Market { get; }

    public string ConnId { get; }

    public long BeginUs { get; }

    /// <summary>Its end, or where none is known the last sign of life.</summary>
    public long EndUs { get; }

    public bool HasEnded => _end is not null;

    /// <summary>It did not end because the recorder did.</summary>
    public bool WasLost => _end is not null && _end.Text("reason") != StopReason;

    public bool IsImported => _header?.Imported is not null;

    /// <summary>What it was to carry, where its journal says so.</summary>
    public IReadOnlyCollection<StreamKey> Streams => _streams;

    /// <summary>The book that a stream is made from in this session, or null.</summary>
    public StreamKey? BookOf(StreamKey stream) => _header?.Derived.FirstOrDefault(d => d.Key == stream)?.Book;

    public IEnumerable<ControlRecord> About(StreamKey stream) => _about[stream];

    /// <summary>Whether the journal names the stream, or the session has said anything of it.</summary>
    public bool Names(StreamKey stream) => _streams.Contains(stream) || _about.Contains(stream);

    /// <summary>When the exchange granted the stream, as far as its answers say; null where nothing does.</summary>
    public long? GrantedUs(StreamKey stream)
    {
        if (_about[stream].FirstOrDefault(r => r.Kind == Granted) is { } own)
            return own.TimeUs;
        var unnamed = _about[null].Where(r => r.Kind == Granted).ToList();
        return unnamed.Count == 0 ? null : unnamed.Last(r => r.TimeUs <= unnamed[0].TimeUs + OpeningUs).TimeUs;
    }

    /// <summary>When the recorder gave the stream up, or null.</summary>
    public long? GivenUpUs(StreamKey stream) => About(stream).FirstOrDefault(r => r.Kind == "stream_given_up")?.TimeUs;
}
