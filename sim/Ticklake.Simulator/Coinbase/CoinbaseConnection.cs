using System.Text.Json;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Coinbase;

/// <summary>
/// What clients of both APIs are held to: the first message, the message limit, the ends that the server announces.
/// </summary>
abstract class CoinbaseConnection : VenueConnection
{
    const int MessagesPerSecond = 8;

    static readonly TimeSpan FirstMessagePatience = TimeSpan.FromSeconds(5);

    readonly Queue<long> _received = new();
    bool _hasAsked;

    protected CoinbaseConnection(CoinbaseVenue venue, FramedSocket socket, string path)
        : base(venue, socket, path)
    {
        Venue = venue;
        Timeline.In(FirstMessagePatience, () =>
        {
            if (!_hasAsked && Parts.Options.EnforcesLimits)
                Close(1008, "no subscription");
        });
    }

    public CoinbaseVenue Venue { get; }

    public override void Suffer(ArmedFault fault)
    {
        if (fault.Spec.Kind == FaultKind.Restart)
        {
            // The one message that comes before the server closes (coinbase.md 2.1).
            SendControl("{\"type\":\"error\",\"message\":\"ErrSlowConsume\"}"u8);
            Timeline.In(TimeSpan.FromMilliseconds(fault.Spec.DurationMs), () => Close(1008, "slow consumer"));
        }
        else
            Close(1001, "going away");
    }

    protected sealed override void OnMessage(byte[] text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var type = json.RootElement.Text("type");
            if (type is not ("subscribe" or "unsubscribe"))
                Refuse("Malformed JSON", null);
            else
            {
                _hasAsked = true;
                Handle(json.RootElement, type == "subscribe");
            }
        }
        catch (JsonException)
        {
            Refuse("Malformed JSON", null);
        }
    }

    protected sealed override void OnClientFrame()
    {
        var now = Timeline.NowUs;
        _received.Enqueue(now);
        while (_received.Peek() <= now - 1_000_000)
            _received.Dequeue();
        if (Parts.Options.EnforcesLimits && _received.Count > MessagesPerSecond)
            Close(1008, "ErrSlowRead");
    }

    protected abstract void Handle(JsonElement request, bool subscribes);

    protected void Refuse(string message, string? reason)
    {
        var text = new Utf8Text().Raw("{\"type\":\"error\",\"message\":"u8).Quoted(message);
        if (reason is not null)
            text.Key("reason").Quoted(reason);
        SendControl(text.Raw("}"u8).Written);
    }

    protected static List<string> Texts(JsonElement request, string name) =>
        request.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)]
            : [];

    /// <summary>The channel and product of a stream's name, <c>level2:BTC-USD</c>.</summary>
    protected static (string Channel, string Product) Split(string name)
    {
        var at = name.IndexOf(':', StringComparison.Ordinal);
        return at < 0 ? (name, "") : (name[..at], name[(at + 1)..]);
    }
}
