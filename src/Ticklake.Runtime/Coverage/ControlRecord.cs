using System.Text.Json;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Pipeline;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Coverage;

/// <summary>One row of <c>controls</c>, as far as the ledger asks for it.</summary>
/// <param name="TimeUs">When.</param>
/// <param name="Kind">What.</param>
/// <param name="ConnId">In which session.</param>
/// <param name="Stream">The stream it names, by its columns or in its detail; null for the whole connection.</param>
/// <param name="Detail">Its JSON object.</param>
public sealed record ControlRecord(long TimeUs, string Kind, string ConnId, StreamKey? Stream, JsonElement Detail)
{
    public long FromSeq { get; init; } = EventStamp.None;

    public long ToSeq { get; init; } = EventStamp.None;

    public string SourceFile { get; init; } = "";

    public long Line { get; init; }

    /// <summary>A hole in the data.</summary>
    public bool IsHole => Kind is IntegrityKind.Gap or IntegrityKind.ChecksumMismatch or IntegrityKind.Disconnect
        or IntegrityKind.Drift;

    /// <summary>
    /// From when to when nobody listened, where the finding says it: times (disconnect, poll), or the journal's own count
    /// of lines lost.
    /// </summary>
    public Span? Bounds
    {
        get
        {
            if (Time("expected") is { } from && Time("seen") is { } to)
                return new Span(from, Math.Max(from, to));
            return Text("seen") is ['{', ..] lost ? LostLines(lost) : null;
        }
    }

    public string? Text(string member) =>
        Detail.ValueKind == JsonValueKind.Object && Detail.TryGetProperty(member, out var value)
        && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // Nine decimals; a row's time has six.
    long? Time(string member)
    {
        const int MicrosLength = 26;
        if (Text(member) is not { Length: 30 } text || text[4] != '-' || text[^1] != 'Z')
            return null;
        try
        {
            return UtcText.ParseMicros(text[..MicrosLength] + "Z");
        }
        catch (FormatException)
        {
            return null;
        }
    }

    static Span? LostLines(string text)
    {
        const int NanosPerMicro = 1000;
        try
        {
            using var lost = JsonDocument.Parse(text);
            var root = lost.RootElement;
            return root.TryGetProperty("from", out var from) && root.TryGetProperty("to", out var to)
                && from.TryGetInt64(out var first) && to.TryGetInt64(out var last)
                ? new Span(first / NanosPerMicro, (last / NanosPerMicro) + 1)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
