using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Upbit;

/// <summary>
/// Asks for Upbit streams. A request replaces the one before it, so each names everything that is wanted by then; there is
/// no acknowledgement and no way to give a stream back but a request without it. An error says nothing of which request it
/// is about: it is taken for the last one's.
/// </summary>
sealed class UpbitSubscriptions : ISubscriptions
{
    /// <summary>Long names: journals can be read without a table. The last request's format holds for the connection.</summary>
    const string Format = "DEFAULT";

    // The server ends a connection after 120 s without anything; recommended are 30 to 60 s.
    static readonly TimeSpan PingPeriod = TimeSpan.FromSeconds(30);

    static readonly JsonSerializerOptions AsIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly List<StreamKey> _wanted = [];
    IReadOnlyList<StreamKey> _lastAsked = [];
    long _lastRequest;

    public string ConnectPath => "/websocket/v1";

    public bool IsReady => true;

    /// <summary>
    /// The text PING, which is answered by <c>{"status":"UP"}</c>; ClientWebSocket's own keep-alive sends pongs, which are
    /// not.
    /// </summary>
    public LifeProbe Probe { get; } = new(PingPeriod, IsOnlyForSilence: true, static _ => "PING"u8.ToArray());

    public IReadOnlyList<byte[]> Hello() => [];

    public IReadOnlyList<SubscriptionRequest> Subscribe(IReadOnlyList<StreamKey> streams)
    {
        if (streams.Count == 0)
            return [];
        _lastAsked = [.. streams];
        _wanted.AddRange(streams.Where(stream => !_wanted.Contains(stream)));
        return [Request(streams)];
    }

    public IReadOnlyList<SubscriptionRequest> Unsubscribe(IReadOnlyList<StreamKey> streams)
    {
        _wanted.RemoveAll(streams.Contains);
        // A request for nothing is an error; the next one replaces what is left.
        return _wanted.Count == 0 ? [] : [Request(streams)];
    }

    public NoticeOutcome On(ServerNotice notice)
    {
        if (notice.Kind != NoticeKind.Refused || _lastAsked.Count == 0)
            return NoticeOutcome.Nothing;
        var refused = _lastAsked;
        _lastAsked = [];
        _wanted.RemoveAll(refused.Contains);
        return NoticeOutcome.Nothing with { Refused = refused };
    }

    public RestRequest? SnapshotFor(StreamKey stream) => null;

    SubscriptionRequest Request(IReadOnlyList<StreamKey> about)
    {
        var ticket = string.Create(CultureInfo.InvariantCulture, $"ticklake-{++_lastRequest}");
        var message = new JsonArray(new JsonObject { ["ticket"] = ticket });
        foreach (var type in _wanted.GroupBy(UpbitTypes.NameOf))
        {
            JsonNode part = new JsonObject
            {
                ["type"] = type.Key,
                ["codes"] = new JsonArray([.. type.Select(stream => (JsonNode)stream.Symbol)]),
            };
            message.Add(part);
        }

        message.Add((JsonNode)new JsonObject { ["format"] = Format });
        return new SubscriptionRequest(Encoding.UTF8.GetBytes(message.ToJsonString(AsIs)), ticket, about, IsAnswered: false);
    }
}
