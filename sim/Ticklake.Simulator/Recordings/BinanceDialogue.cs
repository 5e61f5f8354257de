using System.Text;
using System.Text.Json;

namespace Ticklake.Simulator.Recordings;

/// <summary>
/// Acknowledges everything, as Binance does; the recording is complete when each of its streams was named.
/// </summary>
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
