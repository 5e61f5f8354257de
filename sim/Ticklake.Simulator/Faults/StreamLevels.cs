using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ticklake.Simulator.Faults;

/// <summary>One level as a message names it.</summary>
sealed record NamedLevel(bool IsBid, decimal Price);

/// <summary>
/// Finds and leaves out levels of a finished message, whatever exchange's: JSON arrays under <c>b a bids asks</c>, or the
/// protobuf body of MEXC's depth.
/// </summary>
static class StreamLevels
{
    static readonly JsonSerializerOptions AsIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<NamedLevel> Of(byte[] body, bool isBinary)
    {
        var found = new List<NamedLevel>();
        Rewrite(body, isBinary, level =>
        {
            found.Add(level);
            return true;
        });
        return found;
    }

    /// <summary>The message without the level, and how often it was in it.</summary>
    public static (byte[] Body, int Removed) Without(byte[] body, bool isBinary, NamedLevel level)
    {
        var removed = 0;
        var rest = Rewrite(body, isBinary, l => l != level || removed++ < 0);
        return removed > 0 ? (rest, removed) : (body, 0);
    }

    static byte[] Rewrite(byte[] body, bool isBinary, Predicate<NamedLevel> keeps)
    {
        if (isBinary)
            return DepthProtobuf.Rewrite(body, keeps);
        var root = JsonNode.Parse(body)!;
        Rewrite(root, keeps);
        return JsonSerializer.SerializeToUtf8Bytes(root, AsIs);
    }

    static void Rewrite(JsonNode? node, Predicate<NamedLevel> keeps)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    if (name is "b" or "a" or "bids" or "asks" && value is JsonArray levels)
                        RewriteSide(levels, name[0] == 'b', keeps);
                    else
                        Rewrite(value, keeps);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                    Rewrite(item, keeps);
                break;
        }
    }

    static void RewriteSide(JsonArray levels, bool isBid, Predicate<NamedLevel> keeps)
    {
        for (var i = levels.Count - 1; i >= 0; i--)
        {
            if (levels[i] is JsonArray { Count: >= 2 } level && !keeps(new NamedLevel(isBid, Number(level[0]!.GetValue<string>()))))
                levels.RemoveAt(i);
        }
    }

    public static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
