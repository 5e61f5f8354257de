using System.Text.Json;

namespace Ticklake.Runtime.Journal;

/// <summary>Where the frames of an imported session come from.</summary>
/// <param name="Format">The other recorder's format: <c>hftbacktest</c>, <c>cryptofeed</c>, <c>lines</c>.</param>
/// <param name="Files">Names of the source files, in order.</param>
/// <param name="SyntheticTimes">The source has no receive times; they were made up.</param>
public sealed record JournalImport(string Format, IReadOnlyList<string> Files, bool SyntheticTimes)
{
    internal void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject("imported");
        json.WriteString("format", Format);
        json.WriteStartArray("files");
        foreach (var file in Files)
            json.WriteStringValue(file);
        json.WriteEndArray();
        json.WriteBoolean("synthetic_times", SyntheticTimes);
        json.WriteEndObject();
    }

    internal static JournalImport? From(JsonElement root)
    {
        if (!root.TryGetProperty("imported", out var imported) || imported.ValueKind != JsonValueKind.Object)
            return null;
        var format = imported.TryGetProperty("format", out var f) && f.ValueKind == JsonValueKind.String
            ? f.GetString()! : "";
        var files = new List<string>();
        if (imported.TryGetProperty("files", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            files.AddRange(
                list.EnumerateArray().Where(x => x.ValueKind == JsonValueKind.String).Select(x => x.GetString()!));
        }

        return new JournalImport(format, files,
            imported.TryGetProperty("synthetic_times", out var s) && s.ValueKind == JsonValueKind.True);
    }
}
