using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Mexc;

/// <summary>
/// Asks for topics, some to a message, and reads out of answers' texts what became of each. A connection takes thirty
/// topics, counted over its whole life as far as is known: asking again costs a place, so where none is left a held topic is
/// kept as it is, and in the end the connection is replaced.
/// </summary>
sealed class MexcSubscriptions : ISubscriptions
{
    /// <summary>Topics that one connection delivers; more are accepted and stay silent (mexc.md 2).</summary>
    public const int MostTopics = 30;

    /// <summary>Places of a connection that are left for asking again.</summary>
    public const int SpareTopics = 5;

    /// <summary>The exchange cuts connections after 60 s without a ping of ours, whether data flow or not.</summary>
    public static readonly TimeSpan PingPeriod = TimeSpan.FromSeconds(15);

    public static ReadOnlySpan<byte> PingFrame => "{\"method\":\"PING\"}"u8;

    // A longer request was refused to a maintained client (mexc.md 2).
    const int LongestRequest = 1024;
    const int TopicsPerRequest = 15;

    // An hour of them: a stream that stays silent is worth a new connection, but not many.
    const int PongsBeforeReplacement = 240;

    static readonly JsonSerializerOptions AsIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Dictionary<string, Dictionary<string, StreamKey>> _asked = [];
    readonly Dictionary<string, IReadOnlyList<StreamKey>> _leaving = [];
    readonly HashSet<StreamKey> _held = [];

    // Asked for again while held: nothing was sent, so nothing but the next pong can acknowledge them.
    readonly List<StreamKey> _kept = [];
    long _lastRequest;
    int _places;
    int _pongs;
    bool _isFull;

    public string ConnectPath => "/ws";

    public bool IsReady => true;

    public LifeProbe Probe { get; } = new(PingPeriod, IsOnlyForSilence: false, _ => PingFrame.ToArray());

    public IReadOnlyList<byte[]> Hello() => [];

    public IReadOnlyList<SubscriptionRequest> Subscribe(IReadOnlyList<StreamKey> streams)
    {
        var fitting = new List<StreamKey>();
        foreach (var stream in streams)
        {
            if (_held.Contains(stream))
            {
                _kept.Add(stream);
                continue;
            }

            _isFull |= _places >= MostTopics;
            if (_places >= MostTopics)
                continue;
            _places++;
            fitting.Add(stream);
        }

        var requests = Requests("SUBSCRIPTION", fitting);
        foreach (var request in requests)
            _asked[request.RequestId] = request.Streams.ToDictionary(MexcTopic.Of);
        return requests;
    }

    /// <summary>Only what can be asked for again is given back.</summary>
    public IReadOnlyList<SubscriptionRequest> Unsubscribe(IReadOnlyList<StreamKey> streams)
    {
        _isFull |= _places + streams.Count > MostTopics;
        if (_isFull)
            return [];
        _held.ExceptWith(streams);
        var requests = Requests("UNSUBSCRIPTION", streams);
        foreach (var request in requests)
            _leaving[request.RequestId] = request.Streams;
        return requests;
    }

    public NoticeOutcome On(ServerNotice notice)
    {
        if (notice.Kind == NoticeKind.Pong)
            return OnPong();
        if (notice.RequestId is not { } id)
            return NoticeOutcome.Nothing;
        if (_leaving.Remove(id, out var left))
            return NoticeOutcome.Nothing with { Left = left };
        return _asked.TryGetValue(id, out var asked) ? Settle(id, asked, notice) : NoticeOutcome.Nothing;
    }

    public RestRequest? SnapshotFor(StreamKey stream) => stream.Channel == Channel.Books
        ? new RestRequest(MexcRest.DepthQuery(stream.Symbol), MexcRest.SnapshotWeight)
        : null;

    NoticeOutcome OnPong()
    {
        var isWorn = ++_pongs >= PongsBeforeReplacement && _isFull;
        StreamKey[] kept = [.. _kept];
        _kept.Clear();
        return new NoticeOutcome(isWorn ? SessionAction.Reconnect : SessionAction.Continue, kept, [], []);
    }

    NoticeOutcome Settle(string id, Dictionary<string, StreamKey> asked, ServerNotice notice)
    {
        var text = MexcAnswerText.Parse(notice.Text);
        var accepted = notice.Code == 0 ? Take(asked, text.Accepted) : [];
        // A code that is not 0 refuses the whole request.
        var refused = Take(asked, notice.Code == 0 ? text.Refused : [.. asked.Keys]);
        _held.UnionWith(accepted);
        _places -= refused.Count;
        // What is not named yet may be in a further answer; if it is not, the session asks again.
        if (asked.Count == 0)
            _asked.Remove(id);
        return new NoticeOutcome(SessionAction.Continue, accepted, refused, []);
    }

    static List<StreamKey> Take(Dictionary<string, StreamKey> asked, IReadOnlyList<string> topics)
    {
        var taken = new List<StreamKey>();
        foreach (var topic in topics)
        {
            if (asked.Remove(topic, out var stream))
                taken.Add(stream);
        }

        return taken;
    }

    List<SubscriptionRequest> Requests(string method, IReadOnlyList<StreamKey> streams)
    {
        var requests = new List<SubscriptionRequest>();
        var batch = new List<StreamKey>();
        var length = 0;
        foreach (var stream in streams)
        {
            var topic = Encoding.UTF8.GetByteCount(MexcTopic.Of(stream)) + 3;
            if (batch.Count == TopicsPerRequest || (batch.Count > 0 && length + topic > LongestRequest - 100))
            {
                requests.Add(Request(method, batch));
                (batch, length) = ([], 0);
            }

            batch.Add(stream);
            length += topic;
        }

        if (batch.Count > 0)
            requests.Add(Request(method, batch));
        return requests;
    }

    SubscriptionRequest Request(string method, List<StreamKey> streams)
    {
        var id = ++_lastRequest;
        var message = new JsonObject
        {
            ["method"] = method,
            ["params"] = new JsonArray([.. streams.Select(stream => (JsonNode)MexcTopic.Of(stream))]),
            ["id"] = id,
        };
        return new SubscriptionRequest(
            Encoding.UTF8.GetBytes(message.ToJsonString(AsIs)), id.ToString(CultureInfo.InvariantCulture), streams);
    }
}
