using System.Text.Json;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Bitfinex;

/// <summary>Answers the events of one client (bitfinex.md sections 2 to 4.1).</summary>
sealed class BitfinexRequests(BitfinexConnection connection, BitfinexVenue venue)
{
    const int UnknownEvent = 10000;
    const int Failed = 10300;
    const int Duplicate = 10301;
    const int UnknownChannel = 10302;
    const int LimitReached = 10305;
    const int NotSubscribed = 10401;

    static readonly string[] Echoed = ["channel", "symbol", "key", "prec", "freq", "len", "subId"];

    public void Handle(JsonElement request)
    {
        switch (request.Text("event"))
        {
            case "conf":
                Configure(request);
                break;
            case "ping":
                Pong(request);
                break;
            case "subscribe":
                Subscribe(request);
                break;
            case "unsubscribe":
                Unsubscribe(request);
                break;
            default:
                Refuse(request, UnknownEvent, "event: unknown");
                break;
        }
    }

    /// <summary>
    /// An error event echoes what was asked (observed order: request fields, event, msg, code, pair).
    /// </summary>
    public void Refuse(JsonElement request, int code, string message)
    {
        var text = new Utf8Text().Raw("{"u8);
        foreach (var name in Echoed)
        {
            if (request.Text(name) is { } value)
                text.Quoted(name).Raw(":"u8).Quoted(value).Raw(","u8);
        }

        text.Raw("\"event\":\"error\",\"msg\":"u8).Quoted(message).Raw(",\"code\":"u8).Integer(code);
        if (request.Text("symbol") is { Length: > 1 } symbol)
            text.Raw(",\"pair\":"u8).Quoted(symbol[1..]);
        connection.SendControl(text.Raw("}"u8).Written);
    }

    void Configure(JsonElement request)
    {
        if (!long.TryParse(request.Text("flags"), null, out var flags))
        {
            Refuse(request, Failed, "conf: invalid flags");
            return;
        }

        connection.Flags = (ConfFlags)flags;
        connection.SendControl(
            new Utf8Text().Raw("{\"event\":\"conf\",\"status\":\"OK\",\"flags\":"u8).Integer(flags).Raw("}"u8).Written);
    }

    void Pong(JsonElement request)
    {
        var text = new Utf8Text().Raw("{\"event\":\"pong\",\"ts\":"u8).Integer(connection.Timeline.NowMs);
        if (request.TryGetProperty("cid", out var cid))
            text.Raw(",\"cid\":"u8).Raw(cid.GetRawText());
        connection.SendControl(text.Raw("}"u8).Written);
    }

    void Subscribe(JsonElement request)
    {
        var plan = venue.Plan(request);
        if (plan is null)
        {
            var isKnown = request.Text("channel") is "ticker" or "trades" or "book" or "candles";
            Refuse(request, isKnown ? Failed : UnknownChannel, isKnown ? "symbol: invalid" : "channel: unknown");
            return;
        }

        var stream = venue.Parts.Truth.GetOrAddStream("bitfinex", plan.StreamName, plan.Table, plan.Symbol);
        if (Fault(FaultKind.RefuseSubscription, plan.StreamName, request) is { } fault)
            Refuse(request, fault.Spec.Code == 0 ? Failed : fault.Spec.Code, "subscribe: failed");
        else if (connection.Find(stream) is not null)
            Refuse(request, Duplicate, "subscribe: dup");
        else if (connection.Channels.Count >= venue.Parts.Options.BitfinexChannelLimit)
            Refuse(request, LimitReached, "subscribe: limit");
        else
            Accept(request, plan, stream);
    }

    void Accept(JsonElement request, ChannelPlan plan, TruthStream stream)
    {
        var channel = plan.Create(connection, venue.NextChannelId(), stream);
        var text = new Utf8Text().Raw("{\"event\":\"subscribed\",\"channel\":"u8).Quoted(request.Text("channel")!)
            .Raw(",\"chanId\":"u8).Integer(channel.ChanId).Raw(","u8).Raw(plan.Acknowledgement);
        if (request.Text("subId") is { } subId)
            text.Raw(",\"subId\":"u8).Quoted(subId);
        if (plan.Ending.Length > 0)
            text.Raw(","u8).Raw(plan.Ending);
        connection.SendControl(text.Raw("}"u8).Written);
        connection.Add(channel, delivers: Fault(FaultKind.SilentSubscription, plan.StreamName, request) is null);
    }

    ArmedFault? Fault(FaultKind kind, string stream, JsonElement request)
    {
        var fault = venue.Parts.Faults.AtSubscription("bitfinex", connection.Ordinal, stream, kind);
        if (fault is not null)
        {
            venue.Parts.Truth.Fault(new(
                fault.Ordinal, kind.ToString(), stream, connection.Ordinal, connection.Truth.Frames + 1,
                request.GetRawText()));
        }

        return fault;
    }

    void Unsubscribe(JsonElement request)
    {
        if (!int.TryParse(request.Text("chanId"), null, out var chanId) || !connection.Remove(chanId))
        {
            Refuse(request, NotSubscribed, "unsubscribe: invalid");
            return;
        }

        connection.SendControl(new Utf8Text()
            .Raw("{\"event\":\"unsubscribed\",\"status\":\"OK\",\"chanId\":"u8).Integer(chanId).Raw("}"u8).Written);
    }
}
