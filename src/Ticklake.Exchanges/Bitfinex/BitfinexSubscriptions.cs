using System.Globalization;
using System.Text.Json.Nodes;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>
/// Asks for streams one by one, each under a <c>subId</c> of its own that the answer repeats, once the server has
/// greeted
/// and acknowledged the flags.
/// </summary>
sealed class BitfinexSubscriptions(long flags) : ISubscriptions
{
    const int ProtocolVersion = 2;

    // Half of the socket's timeout: as long again remains for the answer.
    static readonly TimeSpan ProbePeriod = TimeSpan.FromSeconds(15);

    readonly Dictionary<string, StreamKey> _asked = [];
    readonly Dictionary<StreamKey, long> _channelIds = [];
    readonly Dictionary<long, StreamKey> _leaving = [];
    long _lastRequest;
    bool _isWelcome;
    bool _isInMaintenance;
    bool _isConfigured = flags == 0;

    public string ConnectPath => "";

    /// <summary>
    /// Channels have heartbeats of their own; a connection without any, because every stream was refused, has this
    /// (docs.bitfinex.com/docs/ws-general, "Ping/Pong").
    /// </summary>
    public LifeProbe Probe { get; } = new(
        ProbePeriod, IsOnlyForSilence: true, static _ => Utf8(new JsonObject { ["event"] = "ping" }));

    public bool IsReady => _isWelcome && _isConfigured && !_isInMaintenance;

    public IReadOnlyList<byte[]> Hello() =>
        flags == 0 ? [] : [Utf8(new JsonObject { ["event"] = "conf", ["flags"] = flags })];

    public IReadOnlyList<SubscriptionRequest> Subscribe(IReadOnlyList<StreamKey> streams)
    {
        var requests = new List<SubscriptionRequest>(streams.Count);
        foreach (var stream in streams)
        {
            var id = (++_lastRequest).ToString(CultureInfo.InvariantCulture);
            _asked[id] = stream;
            requests.Add(new SubscriptionRequest(Utf8(RequestFor(stream, id)), id, [stream]));
        }

        return requests;
    }

    /// <summary>
    /// Streams that no acknowledgement gave a channel id are not subscribed; there is nothing to give back.
    /// </summary>
    public IReadOnlyList<SubscriptionRequest> Unsubscribe(IReadOnlyList<StreamKey> streams)
    {
        var requests = new List<SubscriptionRequest>(streams.Count);
        foreach (var stream in streams)
        {
            if (!_channelIds.Remove(stream, out var channelId))
                continue;
            _leaving[channelId] = stream;
            var frame = Utf8(new JsonObject { ["event"] = "unsubscribe", ["chanId"] = channelId });
            requests.Add(new SubscriptionRequest(frame, channelId.ToString(CultureInfo.InvariantCulture), [stream]));
        }

        return requests;
    }

    public NoticeOutcome On(ServerNotice notice)
    {
        switch (notice.Kind)
        {
            case NoticeKind.Welcome:
                _isWelcome = notice.Code == ProtocolVersion;
                return _isWelcome ? NoticeOutcome.Nothing : NoticeOutcome.Only(SessionAction.GiveUp);
            case NoticeKind.ConfigurationAcknowledged:
                _isConfigured = true;
                return NoticeOutcome.Nothing;
            case NoticeKind.ConfigurationRefused:
                return NoticeOutcome.Only(SessionAction.GiveUp);
            case NoticeKind.ServerRestarting:
                return NoticeOutcome.Only(SessionAction.Reconnect);
            case NoticeKind.MaintenanceStarted:
                _isInMaintenance = true;
                return NoticeOutcome.Only(SessionAction.Pause);
            case NoticeKind.MaintenanceEnded:
                _isInMaintenance = false;
                return NoticeOutcome.Only(SessionAction.ResubscribeAll);
            case NoticeKind.Subscribed when TryAnswer(notice, out var stream):
                _channelIds[stream] = notice.Code;
                return NoticeOutcome.Nothing with { Acknowledged = [stream] };
            case NoticeKind.Unsubscribed when _leaving.Remove(notice.Code, out var stream):
                return NoticeOutcome.Nothing with { Left = [stream] };
            case NoticeKind.Refused when TryAnswer(notice, out var stream):
                return OnRefused(notice.Code, stream);
            default:
                return NoticeOutcome.Nothing;
        }
    }

    public RestRequest? SnapshotFor(StreamKey stream) => null;

    static NoticeOutcome OnRefused(long code, StreamKey stream) => code switch
    {
        // The first of the two subscriptions is this connection's own.
        BitfinexCodes.AlreadySubscribed => NoticeOutcome.Nothing with { Acknowledged = [stream] },
        BitfinexCodes.UnsubscribeFailed or BitfinexCodes.NotSubscribed => NoticeOutcome.Nothing,
        _ when BitfinexCodes.IsFinal(code) => NoticeOutcome.Nothing with { Refused = [stream] },
        // The connection's channel limit (10305), and whatever is not documented.
        _ => NoticeOutcome.Nothing with { Retry = [stream] },
    };

    bool TryAnswer(ServerNotice notice, out StreamKey stream)
    {
        stream = null!;
        return notice.RequestId is { } id && _asked.Remove(id, out stream!);
    }

    static JsonObject RequestFor(StreamKey stream, string id)
    {
        var request = new JsonObject { ["event"] = "subscribe" };
        switch (stream.Channel)
        {
            case Channel.Books or Channel.RawBooks:
                var form = BitfinexVariant.Of(stream);
                request["channel"] = "book";
                request["symbol"] = stream.Symbol;
                request["prec"] = form.Precision;
                if (!form.IsRaw)
                    request["freq"] = form.Frequency;
                request["len"] = form.Length.ToString(CultureInfo.InvariantCulture);
                break;
            case Channel.Candles:
                request["channel"] = "candles";
                request["key"] = $"trade:{stream.Variant}:{stream.Symbol}";
                break;
            default:
                request["channel"] = stream.Channel.Name();
                request["symbol"] = stream.Symbol;
                break;
        }

        request["subId"] = id;
        return request;
    }

    static byte[] Utf8(JsonObject message) => System.Text.Encoding.UTF8.GetBytes(message.ToJsonString());
}
