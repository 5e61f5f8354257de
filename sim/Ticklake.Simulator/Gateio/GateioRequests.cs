using System.Text.Json;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Gateio;

/// <summary>
/// Answers a client's requests. Order book V2 accepts every name and stays silent for those that mean nothing; a repeated
/// name is refused (gateio.md section 3).
/// </summary>
sealed class GateioRequests(GateioConnection connection)
{
    const int BadBody = 1;
    const int BadArgument = 2;
    const string BookChannel = "spot.obu";

    static readonly string[] Channels =
    [
        BookChannel, "spot.book_ticker", "spot.trades", "spot.tickers", "spot.candlesticks", "spot.order_book",
        "spot.order_book_update",
    ];

    // Channels whose payload is a list of streams; elsewhere it is one stream's parameters.
    static readonly string[] Lists = [BookChannel, "spot.book_ticker", "spot.trades", "spot.tickers"];

    public void Handle(byte[] text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            Handle(json.RootElement);
        }
        catch (JsonException)
        {
            Refuse(default, BadBody, "request message need json scheme");
        }
    }

    void Handle(JsonElement request)
    {
        if (request.Text("channel") == "spot.ping")
        {
            Pong();
            return;
        }

        if (!long.TryParse(request.Text("time"), out var time) || !connection.IsTimely(time))
            Refuse(request, BadArgument, "invalid time");
        else if (request.Text("channel") is not { } channel || !Channels.Contains(channel))
            Refuse(request, BadArgument, "unknown channel " + request.Text("channel"));
        else if (Payload(request) is not { Count: > 0 } payload)
            Refuse(request, BadArgument, "invalid payload");
        else if (request.Text("event") == "unsubscribe")
            Unsubscribe(request, channel, payload);
        else if (request.Text("event") == "subscribe")
            Subscribe(request, channel, payload);
        else
            Refuse(request, BadArgument, "unknown event");
    }

    void Subscribe(JsonElement request, string channel, List<string> payload)
    {
        var names = Names(channel, payload);
        foreach (var name in names)
        {
            if (connection.Refusal(name) is { } fault)
                Refuse(request, fault.Spec.Code == 0 ? BadArgument : fault.Spec.Code, "refused " + name);
            else if (channel == BookChannel && connection.Has(name))
                Refuse(request, BadArgument, "Alert sub " + name[(BookChannel.Length + 1)..]);
            else if (channel != BookChannel && !connection.Means(name))
                Refuse(request, BadArgument, "unknown currency pair or argument " + string.Join(',', payload));
            else
                continue;
            return;
        }

        // The whole book may come before the acknowledgement.
        var isEarly = channel == BookChannel;
        if (isEarly)
            names.ForEach(connection.Add);
        Answer(request, "{\"status\":\"success\"}", null);
        if (!isEarly)
            names.ForEach(connection.Add);
    }

    void Unsubscribe(JsonElement request, string channel, List<string> payload)
    {
        Names(channel, payload).ForEach(name => connection.Remove(name));
        Answer(request, "{\"status\":\"success\"}", null);
    }

    void Refuse(JsonElement request, int code, string message) => Answer(
        request, request.Text("channel") == BookChannel ? "{\"status\":\"fail\"}" : "null", (code, message));

    void Answer(JsonElement request, string result, (int Code, string Message)? error)
    {
        var now = connection.Timeline.NowMs;
        var text = new Utf8Text().Raw("{\"time\":"u8).Integer(now / 1000).Key("time_ms").Integer(now);
        if (request.Text("id") is { } id)
            text.Key("id").Raw(id);
        text.Raw(",\"conn_id\":\"0123456789abcdef\""u8).Key("channel").Quoted(request.Text("channel") ?? "")
            .Key("event").Quoted(request.Text("event") ?? "");
        if (Payload(request) is { } payload)
            text.Key("payload").Raw(JsonSerializer.Serialize(payload));
        text.Key("error");
        if (error is { } fault)
            text.Raw("{\"code\":"u8).Integer(fault.Code).Key("message").Quoted(fault.Message).Raw("}"u8);
        else
            text.Raw("null"u8);
        connection.SendControl(text.Key("result").Raw(result).Raw("}"u8).Written);
    }

    void Pong()
    {
        var now = connection.Timeline.NowMs;
        connection.SendControl(new Utf8Text().Raw("{\"time\":"u8).Integer(now / 1000).Key("time_ms").Integer(now)
            .Raw(",\"conn_id\":\"0123456789abcdef\",\"channel\":\"spot.pong\",\"event\":\"\",\"error\":null"u8)
            .Raw(",\"result\":null}"u8).Written);
    }

    static List<string> Names(string channel, List<string> payload) => Lists.Contains(channel)
        ? [.. payload.Select(part => StreamPlan.NameOf(channel, [part]))]
        : [StreamPlan.NameOf(channel, payload)];

    static List<string>? Payload(JsonElement request) =>
        request.ValueKind == JsonValueKind.Object && request.TryGetProperty("payload", out var payload)
        && payload.ValueKind == JsonValueKind.Array && payload.EnumerateArray().All(p => p.ValueKind == JsonValueKind.String)
            ? [.. payload.EnumerateArray().Select(part => part.GetString()!)]
            : null;
}
