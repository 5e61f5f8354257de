using System.Text;
using System.Text.Json;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Recordings;

/// <summary>
/// Acknowledges with the recorded acknowledgements, so that recorded channel ids mean what they meant. Every array is
/// played whether its channel was asked for or not, for the sequence counts them all.
/// </summary>
sealed class BitfinexDialogue : RecordedDialogue
{
    static readonly string[] Parameters = ["channel", "symbol", "key", "prec", "freq", "len"];

    readonly Dictionary<int, JsonElement> _unasked = [];

    public BitfinexDialogue(Recording recording)
    {
        foreach (var frame in recording.Frames.Where(f => f.Text.AsSpan().IndexOf("\"event\""u8) >= 0))
        {
            using var json = JsonDocument.Parse(frame.Text);
            if (json.RootElement.Text("event") == "subscribed")
                _unasked.TryAdd(json.RootElement.GetProperty("chanId").GetInt32(), json.RootElement.Clone());
        }
    }

    public override byte[] Greeting { get; } =
        "{\"event\":\"info\",\"version\":2,\"serverId\":\"recording\",\"platform\":{\"status\":1}}"u8.ToArray();

    public override bool IsComplete => _unasked.Count == 0;

    public override byte[] Answer(JsonElement request)
    {
        switch (request.Text("event"))
        {
            case "conf":
                return Encoding.UTF8.GetBytes(
                    $"{{\"event\":\"conf\",\"status\":\"OK\",\"flags\":{request.Text("flags")}}}");
            case "ping":
                return Encoding.UTF8.GetBytes(
                    $"{{\"event\":\"pong\",\"ts\":0,\"cid\":{request.Text("cid") ?? "null"}}}");
            case "unsubscribe":
                return Encoding.UTF8.GetBytes(
                    $"{{\"event\":\"unsubscribed\",\"status\":\"OK\",\"chanId\":{request.Text("chanId")}}}");
            case "subscribe":
                return Subscribe(request);
            default:
                return "{\"event\":\"error\",\"msg\":\"event: unknown\",\"code\":10000}"u8.ToArray();
        }
    }

    public override bool Plays(RecordedFrame frame) => frame.Text.Length > 0 && frame.Text[0] != (byte)'{'
        || frame.Text.AsSpan().IndexOf("\"code\":200"u8) >= 0;

    byte[] Subscribe(JsonElement request)
    {
        foreach (var (chanId, recorded) in _unasked)
        {
            if (!Array.TrueForAll(Parameters, p => request.Text(p) is not { } value || value == recorded.Text(p)))
                continue;
            _unasked.Remove(chanId);
            var text = new Utf8Text().Raw("{"u8);
            foreach (var member in recorded.EnumerateObject().Where(m => m.Name != "subId"))
                text.Quoted(member.Name).Raw(":"u8).Raw(member.Value.GetRawText()).Raw(","u8);
            if (request.Text("subId") is { } subId)
                text.Raw("\"subId\":"u8).Quoted(subId).Raw(","u8);
            return [.. text.Written[..^1], (byte)'}'];
        }

        return "{\"event\":\"error\",\"msg\":\"symbol: not in the recording\",\"code\":10300}"u8.ToArray();
    }
}
