using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Ticklake.Stores.Segments;

/// <summary>A line of the catalogue: a segment was sealed, or one that was sealed is given up.</summary>
/// <param name="Path">Its manifest's path relative to the data folder.</param>
/// <param name="Manifest">A copy of the manifest; null where the segment is given up.</param>
/// <param name="Retired">When and why it is given up.</param>
sealed record CatalogLine(string Path, SegmentManifest? Manifest, Retirement? Retired)
{
    public static byte[] Write(CatalogEntry entry) =>
        entry.Retired is { } retired ? [.. Sealed(entry), .. Write(entry.Path, retired)] : Sealed(entry);

    public static byte[] Write(string path, Retirement retired) => ManifestJson.Written(json =>
    {
        json.WriteStartObject();
        json.WriteString("path", path);
        json.WriteStartObject("retired");
        json.WriteString("at", UtcText.Micros(retired.AtUs));
        json.WriteString("reason", retired.Reason);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>The lines of a file; one that a crash tore is passed over.</summary>
    public static IEnumerable<CatalogLine> Read(byte[] bytes)
    {
        for (var start = 0; start < bytes.Length;)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            var end = length < 0 ? bytes.Length : start + length;
            if (TryRead(bytes.AsMemory(start, end - start), out var line))
                yield return line;
            start = end + 1;
        }
    }

    static byte[] Sealed(CatalogEntry entry) => ManifestJson.Written(json =>
    {
        json.WriteStartObject();
        json.WriteString("path", entry.Path);
        json.WritePropertyName("manifest");
        ManifestJson.Write(json, entry.Manifest);
        json.WriteEndObject();
    });

    static bool TryRead(ReadOnlyMemory<byte> text, [NotNullWhen(true)] out CatalogLine? line)
    {
        line = null;
        if (text.IsEmpty)
            return false;
        try
        {
            using var json = JsonDocument.Parse(text);
            var path = json.RootElement.GetProperty("path").GetString()!;
            line = json.RootElement.TryGetProperty("retired", out var retired)
                ? new CatalogLine(path, null, ReadRetirement(retired))
                : new CatalogLine(path, ManifestJson.Read(json.RootElement.GetProperty("manifest")), null);
            return true;
        }
        catch (Exception fault) when (
            fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
                or InvalidDataException)
        {
            // Torn by a crash: the manifest is still there, and the walk at start brings the line back.
            return false;
        }
    }

    static Retirement ReadRetirement(JsonElement json) => new(
        UtcText.ParseMicros(json.GetProperty("at").GetString()!), json.GetProperty("reason").GetString()!);
}
