using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ticklake.Core.Events;

namespace Ticklake.Exchanges.Mexc;

/// <summary>
/// What a decoder must be told to go on in the middle of a session, as JSON of our own: the last quote and the last version,
/// by which repetitions are known, and the fast depth topics, because a REST snapshot names its symbol only.
/// </summary>
static class MexcContext
{
    static readonly JsonSerializerOptions AsIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool IsNeeded(MexcStream stream) =>
        !stream.LastBody.IsEmpty || stream.LastVersion != EventStamp.None
        || (stream.Kind == MexcStreamKind.Depth && stream.Key.Variant.Length > 0);

    public static byte[] FrameOf(MexcStream stream)
    {
        var json = new JsonObject { ["topic"] = Encoding.UTF8.GetString(stream.Name) };
        if (!stream.LastBody.IsEmpty)
            json["quote"] = Convert.ToBase64String(stream.LastBody);
        if (stream.LastVersion != EventStamp.None)
            json["version"] = stream.LastVersion;
        return Encoding.UTF8.GetBytes(json.ToJsonString(AsIs));
    }

    /// <summary>The stream that the frame tells of, with what it remembers; null where the frame is none of ours.</summary>
    public static MexcStream? Read(byte[] frame, MexcStreams streams)
    {
        try
        {
            var json = JsonNode.Parse(frame);
            if (json?["topic"]?.GetValue<string>() is not { } topic
                || streams.Find(Encoding.UTF8.GetBytes(topic)) is not { } stream)
                return null;
            if (json["quote"]?.GetValue<string>() is { } quote)
                stream.KeepBody(Convert.FromBase64String(quote));
            stream.LastVersion = json["version"]?.GetValue<long>() ?? EventStamp.None;
            return stream;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
