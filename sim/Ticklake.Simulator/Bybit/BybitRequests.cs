using System.Text.Json;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Bybit;

/// <summary>
/// Answers a client's requests (bybit.md sections 2 and 3). An answer repeats the request's id and none of its topics;
/// one bad topic fails the whole request. On linear an answer comes after the first data, on spot before.
/// </summary>
sealed class BybitRequests(BybitConnection connection, BybitVenue venue)
{
    const int MostSpotArgs = 10;
    const int MostCharacters = 21_000;

    readonly string _connId = $"c{connection.Ordinal:D19}-sim";

    public void Handle(JsonElement request)
    {
        var id = request.Text("req_id") ?? "";
        switch (request.Text("op"))
        {
            case "ping":
                Pong(id);
                break;
            case "subscribe":
                Subscribe(Args(request), id);
                break;
            case "unsubscribe":
                Args(request).ForEach(topic => connection.Remove(topic));
                Answer(true, "", id, "unsubscribe");
                break;
            case var operation:
                Refuse("error:invalid op", id, operation ?? "");
                break;
        }
    }

    public void Refuse(string message, string id, string operation) => Answer(false, message, id, operation);

    void Subscribe(List<string> topics, string id)
    {
        if (FaultOf(topics) is { } fault)
        {
            Refuse(fault, id, "subscribe");
            return;
        }

        if (!venue.IsLinear)
            Answer(true, "subscribe", id, "subscribe");
        topics.ForEach(connection.Add);
        if (venue.IsLinear)
            Answer(true, "", id, "subscribe");
    }

    string? FaultOf(List<string> topics)
    {
        if (!venue.IsLinear && topics.Count > MostSpotArgs)
            return "error:args size >10";
        if (venue.Parts.Options.EnforcesLimits && connection.Names.Concat(topics).Sum(t => t.Length + 3) > MostCharacters)
            return "error:args too long";
        foreach (var topic in topics)
        {
            if (connection.Has(topic))
                return "error:already subscribed,topic:" + topic;
            if (connection.Refusal(topic) is not null || BybitTopicPlan.For(topic, venue) is null)
                return "error:handler not found,topic:" + topic;
        }

        return null;
    }

    /// <summary>Spot leaves the request's id out.</summary>
    void Pong(string id)
    {
        var text = new Utf8Text().Raw("{\"success\":true,\"ret_msg\":\"pong\""u8).Key("conn_id").Quoted(_connId);
        if (venue.IsLinear)
            text.Key("req_id").Quoted(id);
        connection.SendControl(text.Key("op").Quoted("ping").Raw("}"u8).Written);
    }

    void Answer(bool isSuccess, string message, string id, string operation) => connection.SendControl(
        new Utf8Text().Raw("{\"success\":"u8).Flag(isSuccess).Key("ret_msg").Quoted(message)
            .Key("conn_id").Quoted(_connId).Key("req_id").Quoted(id).Key("op").Quoted(operation).Raw("}"u8).Written);

    static List<string> Args(JsonElement request) =>
        request.TryGetProperty("args", out var args) && args.ValueKind == JsonValueKind.Array
            ? [.. args.EnumerateArray().Where(a => a.ValueKind == JsonValueKind.String).Select(a => a.GetString()!)]
            : [];
}
