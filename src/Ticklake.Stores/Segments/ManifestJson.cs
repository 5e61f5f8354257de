using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Segments;

/// <summary>Writes manifests as JSON, always the same bytes for the same manifest, and reads them back.</summary>
public static class ManifestJson
{
    static readonly JsonWriterOptions Indented = Options(indented: true);
    static readonly JsonWriterOptions Compact = Options(indented: false);

    /// <summary>The manifest file's bytes.</summary>
    public static byte[] Write(SegmentManifest manifest) =>
        Written(Indented, json => Write(json, manifest), end: "\n"u8);

    /// <exception cref="InvalidDataException">The bytes are no manifest of a version known here.</exception>
    public static SegmentManifest Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8.ToArray());
            return Read(document.RootElement);
        }
        catch (Exception fault) when (
            fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"Not a segment manifest: {fault.Message}", fault);
        }
    }

    /// <summary>Journal ranges as they also stand in the segment's own metadata.</summary>
    internal static byte[] WriteRanges(IReadOnlyList<JournalRange> ranges) =>
        Written(Compact, json => WriteRanges(json, ranges), end: default);

    /// <summary>Gaps as they also stand in the segment's own metadata.</summary>
    internal static byte[] WriteGaps(IReadOnlyList<GapMark> gaps) =>
        Written(Compact, json => WriteGaps(json, gaps), end: default);

    internal static void Write(Utf8JsonWriter json, SegmentManifest manifest)
    {
        json.WriteStartObject();
        json.WriteNumber("format", SegmentManifest.FormatVersion);
        WriteStream(json, manifest.Stream);
        json.WriteString("file", manifest.File);
        json.WriteNumber("rows", manifest.Rows);
        json.WriteNumber("bytes", manifest.Bytes);
        json.WriteString("sha256", manifest.Sha256);
        json.WriteString("first_recv_ts", UtcText.Micros(manifest.FirstRecvUs));
        json.WriteString("last_recv_ts", UtcText.Micros(manifest.LastRecvUs));
        WriteOptional(json, "first_seq", manifest.FirstSeq);
        WriteOptional(json, "last_seq", manifest.LastSeq);
        json.WritePropertyName("journal");
        WriteRanges(json, manifest.Journal);
        json.WritePropertyName("gaps");
        WriteGaps(json, manifest.Gaps);
        json.WriteNumber("checksum_ok", manifest.ChecksumsOk);
        json.WriteNumber("checksum_mismatch", manifest.ChecksumsMismatched);
        json.WriteNumber("inexact_values", manifest.InexactValues);
        json.WriteNumber("rounded_values", manifest.RoundedValues);
        json.WriteNumber("schema_version", manifest.SchemaVersion);
        json.WriteNumber("decoder_version", manifest.DecoderVersion);
        json.WriteString("end_reason", manifest.EndReason);
        WriteSideFiles(json, manifest.SideFiles);
        if (manifest.Replaces.Count > 0)
            WriteReplaced(json, manifest.Replaces);
        json.WriteEndObject();
    }

    internal static SegmentManifest Read(JsonElement json)
    {
        var format = json.GetProperty("format").GetInt32();
        if (format != SegmentManifest.FormatVersion)
            throw new InvalidDataException(
                $"Manifest format {format} is not known; {SegmentManifest.FormatVersion} is.");
        return new SegmentManifest
        {
            Stream = ReadStream(json),
            File = Text(json, "file"),
            Rows = json.GetProperty("rows").GetInt64(),
            Bytes = json.GetProperty("bytes").GetInt64(),
            Sha256 = Text(json, "sha256"),
            FirstRecvUs = UtcText.ParseMicros(Text(json, "first_recv_ts")),
            LastRecvUs = UtcText.ParseMicros(Text(json, "last_recv_ts")),
            FirstSeq = Optional(json, "first_seq"),
            LastSeq = Optional(json, "last_seq"),
            Journal = [.. json.GetProperty("journal").EnumerateArray().Select(ReadRange)],
            Gaps = [.. json.GetProperty("gaps").EnumerateArray().Select(ReadGap)],
            ChecksumsOk = json.GetProperty("checksum_ok").GetInt64(),
            ChecksumsMismatched = json.GetProperty("checksum_mismatch").GetInt64(),
            InexactValues = json.GetProperty("inexact_values").GetInt64(),
            RoundedValues = json.GetProperty("rounded_values").GetInt64(),
            SchemaVersion = json.GetProperty("schema_version").GetInt32(),
            DecoderVersion = json.GetProperty("decoder_version").GetInt32(),
            EndReason = Text(json, "end_reason"),
            SideFiles = json.TryGetProperty("side_files", out var side) ? [.. side.EnumerateArray().Select(ReadSideFile)] : [],
            Replaces = json.TryGetProperty("replaces", out var replaces)
                ? [.. replaces.EnumerateArray().Select(ReadReplaced)]
                : [],
        };
    }

    internal static byte[] Written(Action<Utf8JsonWriter> write) => Written(Compact, write, "\n"u8);

    static void WriteStream(Utf8JsonWriter json, StreamKey stream)
    {
        json.WriteString("exchange", stream.Market.Exchange);
        json.WriteString("market", stream.Market.Market);
        json.WriteString("channel", stream.Channel.Name());
        json.WriteString("symbol", stream.Symbol);
        json.WriteString("variant", stream.Variant);
    }

    static StreamKey ReadStream(JsonElement json) =>
        ChannelNames.TryParse(json.GetProperty("channel").GetString(), out var channel)
            ? new StreamKey(
                new MarketId(Text(json, "exchange"), Text(json, "market")),
                channel,
                Text(json, "symbol"),
                Text(json, "variant"))
            : throw new FormatException("No such channel.");

    static void WriteRanges(Utf8JsonWriter json, IReadOnlyList<JournalRange> ranges)
    {
        json.WriteStartArray();
        foreach (var range in ranges)
        {
            json.WriteStartObject();
            json.WriteString("file", range.File);
            json.WriteNumber("first_line", range.FirstLine);
            json.WriteNumber("last_line", range.LastLine);
            json.WriteNumber("rows", range.Rows);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static JournalRange ReadRange(JsonElement json) => new(
        Text(json, "file"),
        json.GetProperty("first_line").GetInt64(),
        json.GetProperty("last_line").GetInt64(),
        json.GetProperty("rows").GetInt64());

    static void WriteGaps(Utf8JsonWriter json, IReadOnlyList<GapMark> gaps)
    {
        json.WriteStartArray();
        foreach (var gap in gaps)
        {
            json.WriteStartObject();
            json.WriteString("reason", gap.Reason);
            json.WriteString("file", gap.SourceFile);
            json.WriteNumber("line", gap.Line);
            json.WriteString("recv_ts", UtcText.Micros(gap.RecvUs));
            WriteOptional(json, "from_seq", gap.FromSeq == EventStamp.None ? null : gap.FromSeq);
            WriteOptional(json, "to_seq", gap.ToSeq == EventStamp.None ? null : gap.ToSeq);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Absent where there are none: most layouts have no such files.
    static void WriteSideFiles(Utf8JsonWriter json, IReadOnlyList<SideFile> files)
    {
        if (files.Count == 0)
            return;
        json.WriteStartArray("side_files");
        foreach (var file in files)
        {
            json.WriteStartObject();
            json.WriteString("file", file.Name);
            json.WriteNumber("bytes", file.Bytes);
            json.WriteString("sha256", file.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static SideFile ReadSideFile(JsonElement json) =>
        new(Text(json, "file"), json.GetProperty("bytes").GetInt64(), Text(json, "sha256"));

    static GapMark ReadGap(JsonElement json) => new(
        Text(json, "reason"),
        Text(json, "file"),
        json.GetProperty("line").GetInt64(),
        UtcText.ParseMicros(Text(json, "recv_ts")),
        Optional(json, "from_seq") ?? EventStamp.None,
        Optional(json, "to_seq") ?? EventStamp.None);

    static void WriteReplaced(Utf8JsonWriter json, IReadOnlyList<ReplacedSegment> replaced)
    {
        json.WriteStartArray("replaces");
        foreach (var segment in replaced)
        {
            json.WriteStartObject();
            json.WriteString("manifest", segment.Path);
            json.WriteNumber("rows", segment.Rows);
            json.WriteString("sha256", segment.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static ReplacedSegment ReadReplaced(JsonElement json) =>
        new(Text(json, "manifest"), json.GetProperty("rows").GetInt64(), Text(json, "sha256"));

    static void WriteOptional(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    static long? Optional(JsonElement json, string name)
    {
        var value = json.GetProperty(name);
        return value.ValueKind == JsonValueKind.Null ? null : value.GetInt64();
    }

    static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");

    static byte[] Written(JsonWriterOptions options, Action<Utf8JsonWriter> write, ReadOnlySpan<byte> end)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, options))
            write(json);
        buffer.Write(end);
        return buffer.WrittenSpan.ToArray();
    }

    static JsonWriterOptions Options(bool indented) => new()
    {
        Indented = indented,
        NewLine = "\n",
        // Symbols and reasons stay readable; nothing here is ever put into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
