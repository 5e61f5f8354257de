using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Okx;

/// <summary>
/// Asks for streams, many in a frame, because frames are limited and arguments are not. Each argument is acknowledged by
/// itself; an error names its argument in its text only, so a stream that an error may have meant is asked for alone
/// (okx.md 3).
/// </summary>
sealed class OkxSubscriptions(string door) : ISubscriptions
{
    /// <summary>Arguments of a frame may have 64 KB together (okx.md 2): a hundred have a tenth of it.</summary>
    const int StreamsPerRequest = 100;

    /// <summary>
    /// 480 requests an hour and connection (okx.md 2), and no clock here: a connection that has asked so often is replaced,
    /// the new one begins with a full allowance.
    /// </summary>
    const int MostRequests = 440;

    /// <summary>Least silence after which the connection is pinged; the server cuts it after 30 s (okx.md 2.1).</summary>
    public static readonly TimeSpan ProbePeriod = TimeSpan.FromSeconds(20);

    static readonly JsonSerializerOptions AsIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Too frequent (60014), internal errors (63999, 64007): to be asked for again after a pause (okx.md 3).
    static readonly long[] Transient = [60014, 63999, 64007];

    readonly Dictionary<string, List<StreamKey>> _asked = [];
    readonly HashSet<StreamKey> _leaving = [];
    readonly HashSet<StreamKey> _alone = [];
    int _requests;

    public string ConnectPath => "/" + door;

    public bool IsReady => true;

    /// <summary>Text, not JSON; answered by <c>pong</c>.</summary>
    public LifeProbe Probe { get; } = new(ProbePeriod, IsOnlyForSilence: true, _ => "ping"u8.ToArray());

    public IReadOnlyList<byte[]> Hello() => [];

    public IReadOnlyList<SubscriptionRequest> Subscribe(IReadOnlyList<StreamKey> streams)
    {
        var requests = Requests("subscribe", streams);
        foreach (var request in requests)
            _asked[request.RequestId] = [.. request.Streams];
        _leaving.ExceptWith(streams);
        return requests;
    }

    public IReadOnlyList<SubscriptionRequest> Unsubscribe(IReadOnlyList<StreamKey> streams)
    {
        _leaving.UnionWith(streams);
        return Requests("unsubscribe", streams);
    }

    public NoticeOutcome On(ServerNotice notice)
    {
        var outcome = notice.Kind switch
        {
            NoticeKind.ServerRestarting => NoticeOutcome.Only(SessionAction.Reconnect),
            NoticeKind.Subscribed => OnAcknowledged(notice),
            NoticeKind.Unsubscribed => OnLeft(notice),
            NoticeKind.Refused => OnRefused(notice),
            _ => NoticeOutcome.Nothing,
        };
        return _requests < MostRequests ? outcome : outcome with { Action = SessionAction.Reconnect };
    }

    public RestRequest? SnapshotFor(StreamKey stream) => null;

    NoticeOutcome OnAcknowledged(ServerNotice notice)
    {
        if (notice.StreamKey is not { } stream)
            return NoticeOutcome.Nothing;
        Settle(stream);
        _alone.Remove(stream);
        return NoticeOutcome.Nothing with { Acknowledged = [stream] };
    }

    /// <summary>What the server gives back of its own accord is asked for again.</summary>
    NoticeOutcome OnLeft(ServerNotice notice)
    {
        if (notice.StreamKey is not { } stream)
            return NoticeOutcome.Nothing;
        return _leaving.Remove(stream)
            ? NoticeOutcome.Nothing with { Left = [stream] }
            : NoticeOutcome.Nothing with { Retry = [stream] };
    }

    NoticeOutcome OnRefused(ServerNotice notice)
    {
        List<StreamKey> asked = notice.RequestId is { } id
            ? _asked.GetValueOrDefault(id) ?? []
            : [.. _asked.Values.SelectMany(request => request)];
        List<StreamKey> meant = [.. asked.Where(stream => IsNamed(stream, notice.Text))];
        if (meant.Count == 0)
            meant = [.. asked];
        foreach (var stream in meant)
            Settle(stream);
        if (Transient.Contains(notice.Code))
            return NoticeOutcome.Nothing with { Retry = meant };
        if (meant.Count == 1)
            return NoticeOutcome.Nothing with { Refused = meant };
        _alone.UnionWith(meant);
        return NoticeOutcome.Nothing with { Retry = meant };
    }

    void Settle(StreamKey stream)
    {
        foreach (var (id, waiting) in _asked)
        {
            if (waiting.Remove(stream) && waiting.Count == 0)
                _asked.Remove(id);
        }
    }

    /// <summary><c>Wrong URL or channel:books,instId:NOPE-USDT doesn't exist.</c></summary>
    static bool IsNamed(StreamKey stream, string text)
    {
        var name = $"channel:{OkxChannels.NameOf(stream)},instId:{stream.Symbol}";
        var at = text.IndexOf(name, StringComparison.Ordinal);
        var end = at + name.Length;
        return at >= 0 && (end == text.Length || !(char.IsLetterOrDigit(text[end]) || text[end] == '-'));
    }

    List<SubscriptionRequest> Requests(string op, IReadOnlyList<StreamKey> streams)
    {
        var requests = new List<SubscriptionRequest>();
        foreach (var batch in streams.Where(stream => !_alone.Contains(stream)).Chunk(StreamsPerRequest))
            requests.Add(Request(op, batch));
        foreach (var stream in streams.Where(_alone.Contains))
            requests.Add(Request(op, [stream]));
        return requests;
    }

    SubscriptionRequest Request(string op, StreamKey[] streams)
    {
        var id = "r" + (++_requests).ToString(CultureInfo.InvariantCulture);
        var arguments = streams.Select(stream => (JsonNode)new JsonObject
        {
            ["channel"] = OkxChannels.NameOf(stream),
            ["instId"] = stream.Symbol,
        });
        var message = new JsonObject { ["id"] = id, ["op"] = op, ["args"] = new JsonArray([.. arguments]) };
        return new SubscriptionRequest(Encoding.UTF8.GetBytes(message.ToJsonString(AsIs)), id, streams);
    }
}
