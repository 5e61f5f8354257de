using System.Text;
using System.Text.Json;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// What a <c>controls</c> row says of an occurrence: the members of its journal line that are not columns already. The same
/// for the line as the live session made it and as a replay reads it.
/// </summary>
static class OccurrenceDetail
{
    /// <summary>One JSON object; null for the first line of a file that goes on with a session.</summary>
    public static string? Of(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            return "{}";
        try
        {
            var reader = new Utf8JsonReader(payload);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            return root.TryGetProperty("part", out var part) && part.TryGetInt32(out var number) && number > 1
                ? null : Write(root);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "{}";
        }
    }

    static string Write(JsonElement root)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var member in root.EnumerateObject())
            {
                if (member.Name is not ("t" or "k" or "e" or "from" or "to"))
                    member.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
