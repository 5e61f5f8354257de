using System.Text.Json;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Bitfinex;

/// <summary>
/// One client of the public WebSocket v2: events in, events and channel arrays out (bitfinex.md sections 2 to 4). One
/// sequence counts every array message of the connection.
/// </summary>
sealed class BitfinexConnection : ServedConnection
{
    readonly BitfinexVenue _venue;
    readonly Dictionary<int, BitfinexChannel> _channels = [];
    readonly Dictionary<TruthStream, BitfinexChannel> _byStream = [];
    readonly BitfinexRequests _requests;
    long _sequence;

    public BitfinexConnection(BitfinexVenue venue, FramedSocket socket, string path)
        : base(venue.Parts, socket, path)
    {
        _venue = venue;
        _requests = new(this, venue);
        Random = SeededRandom.For(Parts.Options.Seed, "bitfinex connection " + Ordinal);
        SendInfo(new Utf8Text()
            .Raw("{\"event\":\"info\",\"version\":2,\"serverId\":\"51317000-0000-4000-8000-"u8)
            .Raw(Ordinal.ToString("D12", null)).Raw("\",\"platform\":{\"status\":1}}"u8));
        Timeline.Every(TimeSpan.FromSeconds(1), Beat);
    }

    public ConfFlags Flags { get; set; }

    public Random Random { get; }

    public IReadOnlyCollection<BitfinexChannel> Channels => _channels.Values;

    public override bool Reveals(OutgoingFrame lost, OutgoingFrame next) => next.Kind != FrameKind.Control;

    public override bool JumpSequence(ArmedFault fault, OutgoingFrame frame)
    {
        _sequence += fault.Spec.Amount == 0 ? 3 : fault.Spec.Amount;
        return true;
    }

    public override void Suffer(ArmedFault fault)
    {
        switch (fault.Spec.Kind)
        {
            case FaultKind.Maintenance:
                SendInfo(20060, "Entering in Maintenance mode. Please pause any activity.");
                foreach (var channel in _channels.Values)
                    channel.Stop();
                Timeline.In(TimeSpan.FromMilliseconds(fault.Spec.DurationMs), () =>
                    SendInfo(20061, "Maintenance ended. It is advised to unsubscribe/resubscribe all channels."));
                break;
            case FaultKind.Restart:
                SendInfo(20051, "Stop/Restart Websocket Server (please reconnect)");
                Timeline.In(TimeSpan.FromMilliseconds(fault.Spec.DurationMs), () => Close(1012, "service restart"));
                break;
            default:
                Close(1001, "going away");
                break;
        }
    }

    public void Add(BitfinexChannel channel, bool delivers)
    {
        _channels.Add(channel.ChanId, channel);
        _byStream[channel.Stream] = channel;
        Parts.Truth.Subscription(Truth, "subscribed", channel.Stream.Name);
        if (delivers)
            channel.Start();
    }

    public bool Remove(int chanId)
    {
        if (!_channels.Remove(chanId, out var channel))
            return false;
        channel.Stop();
        _byStream.Remove(channel.Stream);
        Parts.Truth.Subscription(Truth, "unsubscribed", channel.Stream.Name);
        return true;
    }

    public BitfinexChannel? Find(TruthStream stream) => _byStream.GetValueOrDefault(stream);

    protected override void OnMessage(byte[] text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            _requests.Handle(json.RootElement);
        }
        catch (JsonException)
        {
            _requests.Refuse(default, 10000, "event: invalid json");
        }
    }

    /// <summary>Sequence first, timestamp last (bitfinex.md section 4.1).</summary>
    protected override byte[] Seal(OutgoingFrame frame)
    {
        if (frame.Kind == FrameKind.Control)
            return frame.Body;
        _sequence++;
        if (frame.Stream is { } stream && _byStream.TryGetValue(stream, out var channel))
            channel.LastSentUs = Timeline.NowUs;
        return End(new Utf8Text().Raw(frame.Body)).ToArray();
    }

    Utf8Text End(Utf8Text text)
    {
        if (Flags.HasFlag(ConfFlags.SequenceAll))
            text.Raw(","u8).Integer(_sequence);
        if (Flags.HasFlag(ConfFlags.Timestamp))
            text.Raw(","u8).Integer(Timeline.NowMs);
        return text.Raw("]"u8);
    }

    protected override void SealLane(Utf8Text text, FirehoseLane lane)
    {
        _sequence++;
        End(text);
        _byStream[lane.Stream].LastSentUs = Timeline.NowUs;
    }

    protected override void OnClosed()
    {
        foreach (var channel in _channels.Values)
            channel.Stop();
        _venue.Leave(this);
    }

    void SendInfo(int code, string message) => SendInfo(new Utf8Text()
        .Raw("{\"event\":\"info\",\"code\":"u8).Integer(code).Raw(",\"msg\":"u8).Quoted(message).Raw("}"u8));

    void SendInfo(Utf8Text text) => SendControl(text.Written);

    /// <summary>A heartbeat on every channel that has been quiet for the documented 15 s.</summary>
    bool Beat()
    {
        if (!IsOpen)
            return false;
        var quietSince = Timeline.NowUs - (Parts.Options.BitfinexHeartbeat.Ticks / TimeSpan.TicksPerMicrosecond);
        foreach (var channel in _channels.Values)
        {
            if (channel.LastSentUs <= quietSince && !IsMuted(channel.Stream))
                channel.SendHeartbeat();
        }

        return true;
    }
}
