using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// Asks for streams by name, up to 200 in a message, because messages are limited and names are not. An acknowledgement
/// is about a whole message and says nothing of single names.
/// </summary>
sealed class BinanceSubscriptions(BinanceProfile profile, string door) : ISubscriptions
{
    const int NamesPerRequest = 200;

    // Half of the socket's timeout: as long again remains for the answer.
    static readonly TimeSpan ProbePeriod = TimeSpan.FromSeconds(30);

    /// <summary>Too many streams on the connection: another one may have room.</summary>
    const int TooManySubscriptions = 4;

    static readonly JsonSerializerOptions AsIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Dictionary<string, IReadOnlyList<StreamKey>> _asked = [];
    readonly Dictionary<string, IReadOnlyList<StreamKey>> _leaving = [];
    long _lastRequest;

    public string ConnectPath => profile.ConnectPath(door);

    public bool IsReady => true;

    /// <summary>
    /// Quiet symbols are silent for minutes and the server's pings are not seen here; any documented request is answered
    /// (web-socket-streams.md, "Listing Subscriptions").
    /// </summary>
    public LifeProbe Probe => new(ProbePeriod, IsOnlyForSilence: true, _ => ListSubscriptions());

    public IReadOnlyList<byte[]> Hello() => [];

    public IReadOnlyList<SubscriptionRequest> Subscribe(IReadOnlyList<StreamKey> streams)
    {
        var requests = Requests("SUBSCRIBE", streams);
        foreach (var request in requests)
            _asked[request.RequestId] = request.Streams;
        return requests;
    }

    public IReadOnlyList<SubscriptionRequest> Unsubscribe(IReadOnlyList<StreamKey> streams)
    {
        var requests = Requests("UNSUBSCRIBE", streams);
        foreach (var request in requests)
            _leaving[request.RequestId] = request.Streams;
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
            return notice.Kind == NoticeKind.Refused ? NoticeOutcome.Nothing : NoticeOutcome.Nothing with { Left = left };
        if (!_asked.Remove(id, out var streams))
            return NoticeOutcome.Nothing;
        return notice.Kind switch
        {
            NoticeKind.Subscribed => NoticeOutcome.Nothing with { Acknowledged = streams },
            NoticeKind.Refused when notice.Code == TooManySubscriptions =>
                NoticeOutcome.Nothing with { Retry = streams },
            NoticeKind.Refused => NoticeOutcome.Nothing with { Refused = streams },
            _ => NoticeOutcome.Nothing,
        };
    }

    public RestRequest? SnapshotFor(StreamKey stream) => stream.Channel == Channel.Books
        ? new RestRequest(BinanceRest.DepthQuery(profile, stream.Symbol), profile.SnapshotWeight)
        : null;

    byte[] ListSubscriptions() => System.Text.Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $$"""{"method":"LIST_SUBSCRIPTIONS","id":{{++_lastRequest}}}"""));

    List<SubscriptionRequest> Requests(string method, IReadOnlyList<StreamKey> streams)
    {
        var requests = new List<SubscriptionRequest>();
        foreach (var batch in streams.Chunk(NamesPerRequest))
        {
            var id = ++_lastRequest;
            var message = new JsonObject
            {
                ["method"] = method,
                ["params"] = new JsonArray([.. batch.Select(stream => (JsonNode)BinanceStreamName.Of(stream))]),
                ["id"] = id,
            };
            var frame = System.Text.Encoding.UTF8.GetBytes(message.ToJsonString(AsIs));
            requests.Add(new SubscriptionRequest(frame, id.ToString(CultureInfo.InvariantCulture), batch));
        }

        return requests;
    }
}
