using System.Text.Json;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Mexc;

/// <summary>
/// Answers a client's requests. The code is 0 whatever happens; each refused topic has an answer of its own, with a
/// full-width colon, and those taken follow together, all with the id of the request (mexc.md section 3 and recordings).
/// </summary>
sealed class MexcRequests(MexcConnection connection, MexcVenue venue)
{
    public void Handle(JsonElement request)
    {
        var id = request.Text("id") is { Length: > 0 } given && given.All(char.IsAsciiDigit) ? given : "0";
        switch (request.Text("method"))
        {
            case "PING":
                connection.TakePing();
                if (!connection.IsMuted(null))
                    Answer("0", 0, "PONG");
                break;
            case "SUBSCRIPTION":
                Subscribe(Topics(request), id);
                break;
            case "UNSUBSCRIPTION":
                var topics = Topics(request);
                topics.ForEach(topic => connection.Remove(topic));
                Answer(id, 0, string.Join(',', topics));
                break;
            default:
                Answer(id, 1, "msg format invalid");
                break;
        }
    }

    public void Answer(string id, int code, string message) => connection.SendControl(new Utf8Text()
        .Raw("{\"id\":"u8).Raw(id).Raw(",\"code\":"u8).Integer(code).Raw(",\"msg\":"u8).Quoted(message).Raw("}"u8).Written);

    void Subscribe(List<string> topics, string id)
    {
        var taken = new List<string>();
        foreach (var topic in topics)
        {
            if (TopicPlan.For(topic, venue) is null || connection.Refusal(topic) is not null)
                Answer(id, 0, $"Not Subscribed successfully! [{topic}].  Reason： Blocked! ");
            else
                taken.Add(topic);
        }

        if (taken.Count > 0)
            Answer(id, 0, string.Join(',', taken));
        taken.ForEach(connection.Add);
    }

    static List<string> Topics(JsonElement request) =>
        request.TryGetProperty("params", out var topics) && topics.ValueKind == JsonValueKind.Array
            ? [.. topics.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)]
            : [];
}
