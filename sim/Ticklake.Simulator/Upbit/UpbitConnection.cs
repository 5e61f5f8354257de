using System.Text.Json;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Upbit;

/// <summary>
/// One client of <c>/websocket/v1</c> (upbit.md sections 2 and 3): a request replaces the one before it and has no answer;
/// PING is answered every ten seconds from then on; errors leave the connection open.
/// </summary>
sealed class UpbitConnection : VenueConnection
{
    const int PerSecond = 5;
    const int PerMinute = 100;
    const long SecondUs = 1_000_000;
    const long IdleUs = 120 * SecondUs;

    static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(10);

    readonly UpbitVenue _venue;
    readonly Queue<long> _received = new();
    long _lastHeardUs;
    bool _saysUp;

    public UpbitConnection(UpbitVenue venue, FramedSocket socket, string path)
        : base(venue, socket, path)
    {
        _venue = venue;
        _lastHeardUs = Timeline.NowUs;
        Timeline.Every(StatusInterval, Beat);
    }

    /// <summary>How members are named: the last request's format holds for the connection.</summary>
    public Naming Naming { get; private set; }

    /// <summary>Nothing counts here: trades and books have no sequence.</summary>
    public override bool JumpSequence(ArmedFault fault, OutgoingFrame frame) => false;

    protected override void OnMessage(byte[] text)
    {
        if (text.AsSpan().SequenceEqual("PING"u8))
        {
            _saysUp = true;
            SendControl("{\"status\":\"UP\"}"u8);
            return;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            Handle(json.RootElement);
        }
        catch (JsonException)
        {
            Refuse("WRONG_FORMAT");
        }
    }

    protected override void OnClientFrame()
    {
        var now = Timeline.NowUs;
        _lastHeardUs = now;
        _received.Enqueue(now);
        while (_received.Peek() <= now - (60 * SecondUs))
            _received.Dequeue();
        if (Parts.Options.EnforcesLimits
            && (_received.Count > PerMinute || _received.Count(at => at > now - SecondUs) > PerSecond))
            Close(1008, "too many requests");
    }

    protected override VenueStream? Create(string name) =>
        StreamPlan.For(name, _venue) is { } plan ? plan.Create(this, TruthOf(name, plan.Table, plan.Symbol)) : null;

    void Handle(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Array || request.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.Object))
        {
            Refuse("WRONG_FORMAT");
            return;
        }

        var parts = request.EnumerateArray().ToArray();
        if (!parts.Any(p => p.Text("ticket") is { Length: > 0 }))
            Refuse("NO_TICKET");
        else if (parts.Any(p => p.Text("method") == "LIST_SUBSCRIPTIONS"))
        {
            Adopt(parts);
            List(parts.Select(p => p.Text("ticket")).First(t => t is not null)!);
        }
        else
            Replace(parts);
    }

    void Replace(JsonElement[] parts)
    {
        var types = parts.Where(p => p.Text("type") is not null).ToArray();
        if (types.Length == 0)
            Refuse("NO_TYPE");
        else if (types.Any(t => !t.TryGetProperty("codes", out _)))
            Refuse("NO_CODES");
        else if (types.Any(t => Codes(t).Count == 0))
            Refuse("INVALID_PARAM");
        else
        {
            var wanted = types.SelectMany(t => Codes(t).Select(code => $"{t.Text("type")} {code}")).Distinct().ToList();
            if (wanted.Exists(name => Refusal(name) is not null))
            {
                Refuse("INVALID_PARAM");
                return;
            }

            Adopt(parts);
            // What was there goes, and what stays begins anew with a snapshot.
            foreach (var name in Names.ToArray())
                Remove(name);
            wanted.ForEach(Add);
        }
    }

    void Adopt(JsonElement[] parts)
    {
        var format = parts.Select(p => p.Text("format")).LastOrDefault(f => f is not null) ?? "DEFAULT";
        Naming = new(format.StartsWith("SIMPLE", StringComparison.Ordinal), format.EndsWith("_LIST", StringComparison.Ordinal));
    }

    void List(string ticket)
    {
        var text = new Utf8Text().Raw("{"u8).Name(Naming, "method", "mthd").Raw("\"LIST_SUBSCRIPTIONS\""u8)
            .Next(Naming, "result", "rslt").Raw("["u8);
        var isFirst = true;
        foreach (var type in Names.GroupBy(n => n.Split(' ')[0], n => n.Split(' ')[1]))
        {
            text.Raw(isFirst ? "{"u8 : ",{"u8).Name(Naming, "type", "ty").Quoted(type.Key)
                .Next(Naming, "codes", "cds").Raw(JsonSerializer.Serialize(type)).Raw("}"u8);
            isFirst = false;
        }

        SendNotice(text.Raw("]"u8).Next(Naming, "ticket", "tckt").Quoted(ticket).Raw("}"u8));
    }

    void Refuse(string name) => SendNotice(new Utf8Text().Raw("{\"error\":{\"name\":"u8).Quoted(name)
        .Raw(",\"message\":"u8).Quoted("형식이 맞지 않습니다.").Raw("}}"u8));

    void SendNotice(Utf8Text text) => Send(OutgoingFrame.Control(text.Written) with { IsBinary = true });

    /// <summary>The status after a PING; the end of a connection on which nothing happens.</summary>
    bool Beat()
    {
        if (IsOpen && _saysUp)
            SendControl("{\"status\":\"UP\"}"u8);
        else if (IsOpen && StreamCount == 0 && Timeline.NowUs - _lastHeardUs > IdleUs)
            Close(1000, "idle");
        return IsOpen;
    }

    /// <summary>Codes with their depth, which data frames do not repeat.</summary>
    static List<string> Codes(JsonElement type) =>
        type.TryGetProperty("codes", out var codes) && codes.ValueKind == JsonValueKind.Array
            ? [.. codes.EnumerateArray().Where(c => c.ValueKind == JsonValueKind.String).Select(c => c.GetString()!)]
            : [];
}
