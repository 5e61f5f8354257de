using System.Text;
using System.Text.Json;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Binance;

/// <summary>How a client connected.</summary>
sealed record BinanceDoor(string Path, IReadOnlyList<string> Streams, bool IsCombined, bool IsMicroseconds);

/// <summary>One client of the market streams, raw or combined (binance.md sections A2 and A3).</summary>
sealed class BinanceConnection : VenueConnection
{
    const int MessagesPerSecond = 5;
    const int MostStreams = 1024;

    static readonly TimeSpan PongPatience = TimeSpan.FromMinutes(1);
    static readonly TimeSpan ShutdownNotice = TimeSpan.FromMinutes(1);

    readonly BinanceVenue _venue;
    readonly BinanceRequests _requests;
    readonly Queue<long> _received = new();
    readonly Utf8Text _unwrapped = new();
    long _lastPongUs;

    public BinanceConnection(BinanceVenue venue, FramedSocket socket, BinanceDoor door)
        : base(venue, socket, door.Path)
    {
        _venue = venue;
        _requests = new(this);
        IsCombined = door.IsCombined;
        IsMicroseconds = door.IsMicroseconds;
        _lastPongUs = Timeline.NowUs;
        foreach (var name in door.Streams)
            Add(name);
        Timeline.In(Parts.Options.BinancePingInterval, KeepAlive);
        Timeline.In(Parts.Options.BinanceConnectionLife - ShutdownNotice, () => ShutDown(ShutdownNotice));
    }

    /// <summary>Payloads come wrapped with their stream's name.</summary>
    public bool IsCombined { get; set; }

    /// <summary>Times are microseconds.</summary>
    public bool IsMicroseconds { get; }

    public override bool JumpSequence(ArmedFault fault, OutgoingFrame frame)
    {
        var count = fault.Spec.Amount == 0 ? 3 : fault.Spec.Amount;
        if (frame.Stream is { } stream && _venue.Market(stream.Symbol) is { } market)
        {
            if (stream.Table == "trades")
                market.SkipTradeIds(count);
            else
                market.SkipUpdateIds(count);
        }

        return false;
    }

    public override void Suffer(ArmedFault fault)
    {
        if (fault.Spec.Kind == FaultKind.DailyCut)
            ShutDown(TimeSpan.FromMilliseconds(fault.Spec.DurationMs));
        else
            Close(1001, "going away");
    }

    protected override byte[] Seal(OutgoingFrame frame)
    {
        if (!IsCombined || frame.Stream is not { } stream)
            return frame.Body;
        return new Utf8Text().Raw("{\"stream\":"u8).Quoted(stream.Name).Raw(",\"data\":"u8).Raw(frame.Body).Raw("}"u8)
            .ToArray();
    }

    protected override void SealLane(Utf8Text text, FirehoseLane lane)
    {
        if (!IsCombined)
            return;
        _unwrapped.Clear().Raw(text.Written);
        text.Clear().Raw("{\"stream\":"u8).Quoted(lane.Stream.Name).Raw(",\"data\":"u8)
            .Raw(_unwrapped.Written).Raw("}"u8);
    }

    protected override void OnMessage(byte[] text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            _requests.Handle(json.RootElement);
        }
        catch (JsonException fault)
        {
            _requests.Refuse(3, "Invalid JSON: " + fault.Message.Split('\n')[0], null);
        }
    }

    protected override void OnPong(byte[] payload) => _lastPongUs = Timeline.NowUs;

    protected override void OnClientFrame()
    {
        var now = Timeline.NowUs;
        _received.Enqueue(now);
        while (_received.Peek() <= now - 1_000_000)
            _received.Dequeue();
        if (Parts.Options.EnforcesLimits && _received.Count > MessagesPerSecond)
            Close(1008, "Too many requests");
    }

    protected override VenueStream? Create(string name)
    {
        if (StreamCount >= MostStreams || StreamPlan.For(name, _venue) is not { } plan)
            return null;
        if (Parts.Options.Firehose)
            plan = plan.UnderLoad(name, _venue);
        return plan.Create(this, TruthOf(name, plan.Table, plan.Symbol));
    }

    /// <summary>A ping every 20 s; a client that owes its pongs for a minute is cut off.</summary>
    void KeepAlive()
    {
        if (!IsOpen)
            return;
        var owedUs = Timeline.NowUs - _lastPongUs;
        if (Parts.Options.EnforcesLimits && owedUs > PongPatience.TotalMicroseconds)
        {
            Close(1011, "pong timeout");
            return;
        }

        if (!IsMuted(null))
            Ping(Encoding.ASCII.GetBytes(Timeline.NowMs.ToString(null, null)));
        Timeline.In(Parts.Options.BinancePingInterval, KeepAlive);
    }

    void ShutDown(TimeSpan notice)
    {
        if (!IsOpen)
            return;
        var text = new Utf8Text().Raw("{\"e\":\"serverShutdown\",\"E\":"u8)
            .Integer(IsMicroseconds ? Timeline.NowUs : Timeline.NowMs).Raw("}"u8);
        SendControl(IsCombined
            ? new Utf8Text().Raw("{\"stream\":\"!serverShutdown\",\"data\":"u8).Raw(text.Written).Raw("}"u8).Written
            : text.Written);
        Timeline.In(notice, () => Close(1001, "server shutdown"));
    }
}
