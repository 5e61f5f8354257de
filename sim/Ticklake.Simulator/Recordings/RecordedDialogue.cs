using System.Text;
using System.Text.Json;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Recordings;

/// <summary>
/// The exchange's side of a conversation about a recording: what greets the client, what its requests are answered with,
/// which recorded frames were such answers and are not played, and when everything recorded has been asked for.
/// </summary>
abstract class RecordedDialogue
{
    /// <summary>What the server says first, or null.</summary>
    public abstract byte[]? Greeting { get; }

    /// <summary>All recorded streams have been asked for: the playing may begin.</summary>
    public abstract bool IsComplete { get; }

    /// <summary>The answer to a request.</summary>
    public abstract byte[] Answer(JsonElement request);

    /// <summary>The frame is data, not half of a conversation.</summary>
    public abstract bool Plays(RecordedFrame frame);

    public static RecordedDialogue For(Recording recording) =>
        recording.Exchange == "bitfinex" ? new BitfinexDialogue(recording) : new BinanceDialogue(recording);
}

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
                return Encoding.UTF8.GetBytes($"{{\"event\":\"conf\",\"status\":\"OK\",\"flags\":{request.Text("flags")}}}");
            case "ping":
                return Encoding.UTF8.GetBytes($"{{\"event\":\"pong\",\"ts\":0,\"cid\":{request.Text("cid") ?? "null"}}}");
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

/// <summary>Acknowledges everything, as Binance does; the recording is complete when each of its streams was named.</summary>
sealed class BinanceDialogue : RecordedDialogue
{
    readonly HashSet<string> _unasked = new(StringComparer.Ordinal);

    // Frames of a raw connection name no stream: then any request begins the playing.
    readonly bool _hasNames;
    bool _wasAsked;

    public BinanceDialogue(Recording recording)
    {
        foreach (var frame in recording.Frames)
        {
            var text = frame.Text.AsSpan();
            if (!text.StartsWith("{\"stream\":\""u8))
                continue;
            text = text["{\"stream\":\"".Length..];
            _unasked.Add(Encoding.UTF8.GetString(text[..text.IndexOf((byte)'"')]));
        }

        _unasked.Remove("!serverShutdown");
        _hasNames = _unasked.Count > 0;
    }

    public override byte[]? Greeting => null;

    public override bool IsComplete => _hasNames ? _unasked.Count == 0 : _wasAsked;

    public override byte[] Answer(JsonElement request)
    {
        if (request.TryGetProperty("params", out var names) && names.ValueKind == JsonValueKind.Array)
            Ask(names.EnumerateArray().Select(n => n.ToString()));
        var id = request.TryGetProperty("id", out var given) ? given.GetRawText() : "null";
        return Encoding.UTF8.GetBytes($"{{\"result\":null,\"id\":{id}}}");
    }

    public void Ask(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            _unasked.Remove(name);
            _wasAsked = true;
        }
    }

    public override bool Plays(RecordedFrame frame) => !frame.Text.AsSpan().StartsWith("{\"result\""u8)
        && !frame.Text.AsSpan().StartsWith("{\"id\""u8);
}
