using System.Text.Json;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Binance;

/// <summary>
/// Answers a client's requests. Every SUBSCRIBE of well-formed names is acknowledged, whatever the names mean; errors
/// come
/// in both envelopes that were seen (binance.md section A3).
/// </summary>
sealed class BinanceRequests(BinanceConnection connection)
{
    const int UnknownProperty = 0;
    const int NotBoolean = 1;
    const int InvalidRequest = 2;
    const int TooManySubscriptions = 4;

    public void Handle(JsonElement request)
    {
        var id = request.ValueKind == JsonValueKind.Object && request.TryGetProperty("id", out var given)
            ? given.GetRawText() : "null";
        switch (request.Text("method"))
        {
            case "SUBSCRIBE":
                Subscribe(Names(request), id);
                break;
            case "UNSUBSCRIBE":
                Names(request).ForEach(name => connection.Remove(name));
                Answer("null", id);
                break;
            case "LIST_SUBSCRIPTIONS":
                var names = new Utf8Text();
                foreach (var name in connection.Names)
                    names.Raw(names.Length == 0 ? "["u8 : ","u8).Quoted(name);
                Answer(names.Length == 0 ? "[]" : System.Text.Encoding.UTF8.GetString(names.Raw("]"u8).Written), id);
                break;
            case "SET_PROPERTY" or "GET_PROPERTY":
                Property(request, id);
                break;
            default:
                Refuse(InvalidRequest, "Invalid request: unknown variant or missing field `method`", id);
                break;
        }
    }

    /// <summary>The documented, flat envelope.</summary>
    public void Refuse(int code, string message, string? id)
    {
        var text = new Utf8Text().Raw("{\"code\":"u8).Integer(code).Raw(",\"msg\":"u8).Quoted(message);
        if (id is not null)
            text.Raw(",\"id\":"u8).Raw(id);
        connection.SendControl(text.Raw("}"u8).Written);
    }

    /// <summary>The nested envelope that was measured.</summary>
    void RefuseNested(int code, string message, string id) => connection.SendControl(new Utf8Text()
        .Raw("{\"error\":{\"code\":"u8).Integer(code).Raw(",\"msg\":"u8).Quoted(message)
        .Raw("},\"id\":"u8).Raw(id).Raw("}"u8).Written);

    void Subscribe(List<string> names, string id)
    {
        foreach (var name in names)
        {
            if (connection.Refusal(name) is not { } fault)
                continue;
            if (fault.Spec.Code == TooManySubscriptions)
                RefuseNested(TooManySubscriptions, "Too many subscriptions", id);
            else
                Refuse(fault.Spec.Code == 0 ? InvalidRequest : fault.Spec.Code, "Invalid request: refused", id);
            return;
        }

        // The acknowledgement leaves before the first data of any of the streams.
        if (connection.Names.Concat(names).Distinct().Count() > 1024)
        {
            RefuseNested(TooManySubscriptions, "Too many subscriptions", id);
            connection.Close(1008, "Invalid request");
            return;
        }

        Answer("null", id);
        names.ForEach(name => connection.Add(name));
    }

    void Property(JsonElement request, string id)
    {
        var isSet = request.Text("method") == "SET_PROPERTY";
        var parameters = request.TryGetProperty("params", out var given) && given.ValueKind == JsonValueKind.Array
            ? given.EnumerateArray().ToArray() : [];
        if (parameters.Length == 0 || parameters[0].ValueKind != JsonValueKind.String
            || parameters[0].GetString() != "combined")
            Refuse(UnknownProperty, "Unknown property", id);
        else if (!isSet)
            Answer(connection.IsCombined ? "true" : "false", id);
        else if (parameters.Length < 2 || parameters[1].ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Refuse(NotBoolean, "Invalid value type: expected Boolean", id);
        else
        {
            connection.IsCombined = parameters[1].GetBoolean();
            Answer("null", id);
        }
    }

    void Answer(string result, string id) => connection.SendControl(
        new Utf8Text().Raw("{\"result\":"u8).Raw(result).Raw(",\"id\":"u8).Raw(id).Raw("}"u8).Written);

    static List<string> Names(JsonElement request) =>
        request.TryGetProperty("params", out var names) && names.ValueKind == JsonValueKind.Array
            ? [.. names.EnumerateArray().Where(n => n.ValueKind == JsonValueKind.String).Select(n => n.GetString()!)]
            : [];
}
