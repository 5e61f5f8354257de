using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Gateio;

/// <summary>
/// Asks for Gate.io streams, one a message: whether the rest of a list becomes active when one pair is unknown is not
/// documented. Answers repeat our id. A book is given back and the answer awaited before it is asked for anew: a second
/// subscription is refused ("Alert sub"), which says that the stream is subscribed.
/// </summary>
sealed class GateioSubscriptions(TimeProvider clock) : ISubscriptions
{
    const int BadArgument = 2;
    const int ServerError = 3;
    const string AlreadySubscribed = "Alert sub";

    // The server counts a socket idle without frames of ours: 30.5 s were its end. The official example pings every 10 s.
    static readonly TimeSpan PingPeriod = TimeSpan.FromSeconds(10);

    static readonly JsonSerializerOptions AsIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Dictionary<string, StreamKey> _asked = [];
    readonly Dictionary<string, StreamKey> _leaving = [];
    long _lastRequest;

    public string ConnectPath => "/ws/v4/";

    public bool IsReady => true;

    public LifeProbe Probe { get; } = new(PingPeriod, IsOnlyForSilence: false, Ping);

    public IReadOnlyList<byte[]> Hello() => [];

    public IReadOnlyList<SubscriptionRequest> Subscribe(IReadOnlyList<StreamKey> streams)
    {
        var requests = streams.Select(stream => Request("subscribe", stream)).ToList();
        foreach (var request in requests)
            _asked[request.RequestId] = request.Streams[0];
        return requests;
    }

    public IReadOnlyList<SubscriptionRequest> Unsubscribe(IReadOnlyList<StreamKey> streams)
    {
        var requests = streams.Select(stream => Request("unsubscribe", stream)).ToList();
        foreach (var request in requests)
            _leaving[request.RequestId] = request.Streams[0];
        return requests;
    }

    public NoticeOutcome On(ServerNotice notice)
    {
        if (notice.Kind == NoticeKind.ServerRestarting)
            return NoticeOutcome.Only(SessionAction.Reconnect);
        if (notice.RequestId is not { } id)
            return NoticeOutcome.Nothing;
        // A refused goodbye leaves open what the server still sends; the session asks again when its patience is over.
        if (_leaving.Remove(id, out var left))
            return notice.Kind == NoticeKind.Refused ? NoticeOutcome.Nothing : NoticeOutcome.Nothing with { Left = [left] };
        if (!_asked.Remove(id, out var stream))
            return NoticeOutcome.Nothing;
        return notice.Kind switch
        {
            NoticeKind.Subscribed => NoticeOutcome.Nothing with { Acknowledged = [stream] },
            NoticeKind.Refused when IsSubscribedAlready(notice) => NoticeOutcome.Nothing with { Acknowledged = [stream] },
            NoticeKind.Refused when notice.Code == ServerError => NoticeOutcome.Nothing with { Retry = [stream] },
            NoticeKind.Refused => NoticeOutcome.Nothing with { Refused = [stream] },
            _ => NoticeOutcome.Nothing,
        };
    }

    public RestRequest? SnapshotFor(StreamKey stream) => GateioChannels.IsBridged(stream)
        ? new RestRequest(GateioRest.BookQuery(stream.Symbol, stream.Variant), GateioRest.SnapshotWeight)
        : null;

    static byte[] Ping(DateTimeOffset now) => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $$"""{"time":{{now.ToUnixTimeSeconds()}},"channel":"spot.ping"}"""));

    static bool IsSubscribedAlready(ServerNotice refusal) =>
        refusal.Code == BadArgument && refusal.Text.StartsWith(AlreadySubscribed, StringComparison.Ordinal);

    SubscriptionRequest Request(string verb, StreamKey stream)
    {
        var id = ++_lastRequest;
        var message = new JsonObject
        {
            // Seconds, and no further than a minute from the server's.
            ["time"] = clock.GetUtcNow().ToUnixTimeSeconds(),
            ["id"] = id,
            ["channel"] = GateioChannels.NameOf(stream),
            ["event"] = verb,
            ["payload"] = new JsonArray([.. GateioChannels.PayloadOf(stream).Select(part => (JsonNode)part)]),
        };
        return new SubscriptionRequest(
            Encoding.UTF8.GetBytes(message.ToJsonString(AsIs)), id.ToString(CultureInfo.InvariantCulture), [stream]);
    }
}
