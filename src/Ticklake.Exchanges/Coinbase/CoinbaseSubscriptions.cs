using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>
/// Asks for streams a channel at a time. Answers name no request: an acknowledgement is the whole present set, of which
/// the decoder tells what is new, and an error is about the oldest request that waits, unless it names a product.
/// </summary>
sealed class CoinbaseSubscriptions(string door) : ISubscriptions
{
    // Level 2 has this ceiling a connection; and larger messages have been refused as too big.
    const int ProductsPerRequest = 30;

    readonly List<SubscriptionRequest> _waiting = [];
    long _lastRequest;
    bool _asksSingly;

    public string ConnectPath => "";

    public bool IsReady => true;

    /// <summary>
    /// Channels without updates are closed after 60 to 90 s, and a connection that asks for nothing after 5 s: every
    /// Advanced Trade connection has heartbeats (coinbase.md 2.2). On Exchange they are asked for with each product.
    /// </summary>
    public IReadOnlyList<byte[]> Hello() => door.Length > 0
        ? []
        : [Utf8(new JsonObject { ["type"] = "subscribe", ["channel"] = "heartbeats" })];

    public IReadOnlyList<SubscriptionRequest> Subscribe(IReadOnlyList<StreamKey> streams)
    {
        Forget(streams);
        var requests = Requests("subscribe", streams, _asksSingly ? 1 : ProductsPerRequest);
        _waiting.AddRange(requests);
        return requests;
    }

    public IReadOnlyList<SubscriptionRequest> Unsubscribe(IReadOnlyList<StreamKey> streams)
    {
        Forget(streams);
        return Requests("unsubscribe", streams, ProductsPerRequest);
    }

    public NoticeOutcome On(ServerNotice notice)
    {
        switch (notice.Kind)
        {
            case NoticeKind.Subscribed when notice.StreamKey is { } key:
                Forget([key]);
                return NoticeOutcome.Nothing with { Acknowledged = [key] };
            case NoticeKind.Unsubscribed when notice.StreamKey is { } key:
                return NoticeOutcome.Nothing with { Left = [key] };
            case NoticeKind.Refused when _waiting.Count > 0:
                return OnRefused(notice.Text);
            case NoticeKind.ServerRestarting:
                return NoticeOutcome.Only(SessionAction.Reconnect);
            default:
                return NoticeOutcome.Nothing;
        }
    }

    public RestRequest? SnapshotFor(StreamKey stream) => null;

    /// <summary>
    /// One invalid product makes a whole request fail, as far as is known: the others of it are asked for again. Where
    /// the text names none, they are asked for one by one, so that the next error tells.
    /// </summary>
    NoticeOutcome OnRefused(string text)
    {
        var index = Math.Max(0, _waiting.FindIndex(request => request.Streams.Any(stream => Names(text, stream.Symbol))));
        var streams = _waiting[index].Streams;
        _waiting.RemoveAt(index);
        // The ceiling of level 2: another connection, or this one later, may have room.
        if (text.Contains("too many", StringComparison.OrdinalIgnoreCase))
            return NoticeOutcome.Nothing with { Retry = streams };
        var named = streams.Where(stream => streams.Count == 1 || Names(text, stream.Symbol)).ToList();
        _asksSingly |= named.Count == 0;
        return NoticeOutcome.Nothing with { Refused = named, Retry = [.. streams.Except(named)] };
    }

    static bool Names(string text, string symbol)
    {
        var at = text.IndexOf(symbol, StringComparison.Ordinal);
        return at >= 0 && !IsPartOfSymbol(text, at - 1) && !IsPartOfSymbol(text, at + symbol.Length);
    }

    static bool IsPartOfSymbol(string text, int at) =>
        at >= 0 && at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '-');

    void Forget(IReadOnlyList<StreamKey> streams)
    {
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            var left = _waiting[i].Streams.Except(streams).ToList();
            if (left.Count == 0)
                _waiting.RemoveAt(i);
            else
                _waiting[i] = _waiting[i] with { Streams = left };
        }
    }

    List<SubscriptionRequest> Requests(string type, IReadOnlyList<StreamKey> streams, int most)
    {
        var requests = new List<SubscriptionRequest>();
        foreach (var channel in streams.GroupBy(CoinbaseChannels.KindOf))
        {
            foreach (var batch in channel.Chunk(most))
            {
                var id = (++_lastRequest).ToString(CultureInfo.InvariantCulture);
                requests.Add(new SubscriptionRequest(Utf8(MessageFor(type, channel.Key, batch)), id, batch));
            }
        }

        return requests;
    }

    static JsonObject MessageFor(string type, CoinbaseStreamKind kind, IEnumerable<StreamKey> streams)
    {
        var message = new JsonObject
        {
            ["type"] = type,
            ["product_ids"] = new JsonArray([.. streams.Select(stream => (JsonNode)stream.Symbol)]),
        };
        var name = CoinbaseChannels.NameOf(kind);
        if (!CoinbaseChannels.IsOfExchange(kind))
            message["channel"] = name;
        // Heartbeats belong to a product, not to a channel: another stream of it may still need them.
        else if (type == "subscribe")
            message["channels"] = new JsonArray(name, "heartbeat");
        else
            message["channels"] = new JsonArray(name);
        return message;
    }

    static byte[] Utf8(JsonObject message) => Encoding.UTF8.GetBytes(message.ToJsonString());
}
