using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// Writes the <c>controls</c> table of a session: findings about the data's wholeness and what happened to the connection.
/// Each finding also goes to the segment it concerns and to whoever listens. Session thread only.
/// </summary>
sealed class IntegrityLog
{
    // Read by people and by JSON tools, never put into a page: no need to escape more than JSON does.
    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly SessionIdentity _identity;
    readonly FrameCursor _cursor;
    readonly RowWriter _rows;
    readonly PipelineCounters _counters;
    readonly Action<IntegrityEvent>? _observer;
    readonly RowSlot _slot;

    public IntegrityLog(
        SessionIdentity identity,
        FrameCursor cursor,
        RowWriter rows,
        PipelineCounters counters,
        StreamState controls,
        Action<IntegrityEvent>? observer)
    {
        _identity = identity;
        _cursor = cursor;
        _rows = rows;
        _counters = counters;
        _observer = observer;
        _slot = new RowSlot(controls, "", new StreamActivity(controls.Key));
        _rows.Add(_slot);
    }

    /// <summary>The stream that holds a market's <c>controls</c> rows.</summary>
    public static StreamKey StreamOf(MarketId market) => new(market, Channel.Controls, "_");

    /// <summary>The line being processed, for people.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"{_rows.SourceFile} line {_cursor.LineNumber}");

    /// <summary>Declares a finding about one stream, or about the whole connection.</summary>
    public void Report(IntegrityEvent finding, RowSlot? slot)
    {
        finding = finding with
        {
            SourceFile = _rows.SourceFile,
            LineNumber = _cursor.LineNumber,
            ImportedLine = _cursor.ImportedLine,
            Time = _cursor.Time,
        };
        Count(finding.Kind);
        _observer?.Invoke(finding);
        if (finding.IsHole && slot is not null)
            Mark(slot, finding);

        AddRow(
            new ControlEvent(finding.Kind, ChannelOf(slot), SymbolOf(slot), slot?.Pair ?? "")
            {
                FromSeq = finding.FromSeq,
                ToSeq = finding.ToSeq,
                Detail = JsonSerializer.Serialize(
                    new { rule = finding.Rule, expected = finding.Expected, seen = finding.Seen }, Json),
            },
            slot);
    }

    /// <summary>Declares that a stream's ids have begun anew since its last session: what lies between is not known.</summary>
    public void ReportNewIds(RowSlot slot, long last, long seen)
    {
        slot.ForgetKnownIds();
        Report(
            Finding(
                IntegrityKind.Gap,
                slot,
                "ids go on where the last session ended",
                "> " + last.ToString(CultureInfo.InvariantCulture),
                seen.ToString(CultureInfo.InvariantCulture)),
            slot);
    }

    /// <summary>Records something that is no finding: an acknowledgement, an open or close, a count.</summary>
    public void Record(string kind, RowSlot? slot, string detail) => AddRow(
        new ControlEvent(kind, ChannelOf(slot), SymbolOf(slot), slot?.Pair ?? "") { Detail = detail }, slot);

    // What is made from a book has its holes.
    void Mark(RowSlot slot, IntegrityEvent hole)
    {
        if (!slot.IsSealed(hole.LineNumber))
        {
            slot.PendingGaps.Add(
                new GapMark(hole.Kind, hole.SourceFile, hole.LineNumber, _cursor.RecvUs, hole.FromSeq, hole.ToSeq));
        }

        if (slot.Watch is not { } watch)
            return;
        watch.Forget();
        foreach (var derived in watch.Slots)
            Mark(derived, hole);
    }

    static string ChannelOf(RowSlot? slot) => slot?.State.Key.ChannelName ?? Channel.Controls.Name();

    static string SymbolOf(RowSlot? slot) => slot?.State.Key.Symbol ?? "";

    void AddRow(ControlEvent control, RowSlot? slot)
    {
        var stamp = _cursor.Next();
        _rows.Note(_slot, stamp, control, slot);
        if (_rows.BatchFor(_slot, _cursor.LineNumber, _cursor.Time) is ControlRows batch)
            batch.Add(stamp, control);
    }

    void Count(string kind)
    {
        switch (kind)
        {
            case IntegrityKind.Gap or IntegrityKind.Disconnect or IntegrityKind.Drift:
                _counters.Gaps++;
                break;
            case IntegrityKind.ChecksumMismatch:
                _counters.ChecksumsMismatched++;
                break;
            case IntegrityKind.Duplicate:
                _counters.Duplicates++;
                break;
            case IntegrityKind.Quarantined:
                _counters.Quarantined++;
                break;
        }
    }

    /// <summary>A finding of this session's market, yet without its place.</summary>
    public IntegrityEvent Finding(string kind, RowSlot? slot, string rule, string expected, string seen) =>
        new(kind, _identity.Market, slot?.State.Key, rule, expected, seen);
}
