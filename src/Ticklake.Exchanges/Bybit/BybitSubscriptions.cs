using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// Asks for topics, ten in a request. Answers repeat the request's id, never its topics, and one bad topic fails the
/// whole request: the others are then asked for one by one.
/// </summary>
sealed class BybitSubscriptions(MarketId market) : ISubscriptions
{
    // Spot refuses more (v5/ws/connect); linear has no limit, but a failure would cost as many.
    const int TopicsPerRequest = 10;

    const string AlreadySubscribed = "already subscribed";

    // "Recommended every 20 s"; the server cuts clients that are silent for ten minutes.
    static readonly TimeSpan PingPeriod = TimeSpan.FromSeconds(20);

    readonly Dictionary<string, IReadOnlyList<StreamKey>> _asked = [];
    readonly Dictionary<string, IReadOnlyList<StreamKey>> _leaving = [];
    readonly HashSet<StreamKey> _alone = [];
    long _lastRequest;

    public string ConnectPath => "/v5/public/" + market.Market;

    public bool IsReady => true;

    public LifeProbe Probe => new(PingPeriod, IsOnlyForSilence: false, _ => Ping());

    public IReadOnlyList<byte[]> Hello() => [];

    public IReadOnlyList<SubscriptionRequest> Subscribe(IReadOnlyList<StreamKey> streams)
    {
        var requests = new List<SubscriptionRequest>();
        foreach (var batch in streams.Where(s => !_alone.Contains(s)).Chunk(TopicsPerRequest))
            requests.Add(Request("subscribe", batch));
        foreach (var stream in streams.Where(_alone.Contains))
            requests.Add(Request("subscribe", [stream]));
        foreach (var request in requests)
            _asked[request.RequestId] = request.Streams;
        return requests;
    }

    public IReadOnlyList<SubscriptionRequest> Unsubscribe(IReadOnlyList<StreamKey> streams)
    {
        var requests = streams.Chunk(TopicsPerRequest).Select(batch => Request("unsubscribe", batch)).ToList();
        foreach (var request in requests)
            _leaving[request.RequestId] = request.Streams;
        return requests;
    }

    public NoticeOutcome On(ServerNotice notice)
    {
        if (notice.RequestId is not { } id)
            return NoticeOutcome.Nothing;
        // Whatever the answer to a goodbye: the server has taken it, and the stream may be asked for.
        if (_leaving.Remove(id, out var left))
            return NoticeOutcome.Nothing with { Left = left };
        if (!_asked.Remove(id, out var streams))
            return NoticeOutcome.Nothing;
        if (notice.Kind == NoticeKind.Refused)
            return Refused(streams, notice.Text);
        _alone.ExceptWith(streams);
        return NoticeOutcome.Nothing with { Acknowledged = streams };
    }

    public RestRequest? SnapshotFor(StreamKey stream) => null;

    NoticeOutcome Refused(IReadOnlyList<StreamKey> streams, string text)
    {
        _alone.UnionWith(streams);
        var named = streams.Where(s => Names(text, BybitTopic.Of(s))).ToList();
        if (named.Count == 0 && streams.Count == 1)
            named = [streams[0]];
        var outcome = NoticeOutcome.Nothing with { AskAgain = [.. streams.Except(named)] };
        return text.Contains(AlreadySubscribed, StringComparison.Ordinal)
            ? outcome with { Acknowledged = named }
            : outcome with { Refused = named };
    }

    // "error:handler not found,topic:orderbook.500.BTCUSDT", "Invalid topic: …"
    static bool Names(string text, string topic)
    {
        var at = text.IndexOf(topic, StringComparison.Ordinal);
        if (at < 0)
            return false;
        var end = at + topic.Length;
        return end == text.Length || !(char.IsAsciiLetterOrDigit(text[end]) || text[end] == '-');
    }

    byte[] Ping() => Utf8(new JsonObject { ["req_id"] = NextId("p"), ["op"] = "ping" });

    SubscriptionRequest Request(string operation, IReadOnlyList<StreamKey> streams)
    {
        var id = NextId(operation[..1]);
        var message = new JsonObject
        {
            ["req_id"] = id,
            ["op"] = operation,
            ["args"] = new JsonArray([.. streams.Select(stream => (JsonNode)BybitTopic.Of(stream))]),
        };
        return new SubscriptionRequest(Utf8(message), id, streams);
    }

    string NextId(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{++_lastRequest}");

    static byte[] Utf8(JsonObject message) => Encoding.UTF8.GetBytes(message.ToJsonString());
}
