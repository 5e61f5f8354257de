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
sealed class BinanceSubscriptions : ISubscriptions
{
    const int NamesPerRequest = 200;

    /// <summary>Too many streams on the connection: another one may have room.</summary>
    const int TooManySubscriptions = 4;

    static readonly JsonSerializerOptions AsIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Dictionary<string, IReadOnlyList<StreamKey>> _asked = [];
    long _lastRequest;

    public string ConnectPath => "/stream";

    public bool IsReady => true;

    public IReadOnlyList<byte[]> Hello() => [];

    public IReadOnlyList<SubscriptionRequest> Subscribe(IReadOnlyList<StreamKey> streams)
    {
        var requests = Requests("SUBSCRIBE", streams);
        foreach (var request in requests)
            _asked[request.RequestId] = request.Streams;
        return requests;
    }

    public IReadOnlyList<SubscriptionRequest> Unsubscribe(IReadOnlyList<StreamKey> streams) =>
        Requests("UNSUBSCRIBE", streams);

    public NoticeOutcome On(ServerNotice notice)
    {
        if (notice.Kind == NoticeKind.ServerRestarting)
            return NoticeOutcome.Only(SessionAction.Reconnect);
        if (notice.RequestId is not { } id || !_asked.Remove(id, out var streams))
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

    public SnapshotRequest? SnapshotFor(StreamKey stream) => stream.Channel == Channel.Books
        ? new SnapshotRequest(BinanceRest.DepthQuery(stream.Symbol), BinanceRest.SnapshotWeight)
        : null;

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
