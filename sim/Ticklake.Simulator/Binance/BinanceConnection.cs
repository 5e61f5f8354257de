using System.Text;
using System.Text.Json;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Binance;

/// <summary>How a client connected.</summary>
sealed record BinanceDoor(string Path, IReadOnlyList<string> Streams, bool IsCombined, bool IsMicroseconds)
{
    /// <summary>Where a market has several: <c>public</c>, <c>market</c>.</summary>
    public string Name { get; init; } = "";
}

/// <summary>One client of the market streams, raw or combined (binance.md sections A2, A3, B2 and B3).</summary>
sealed class BinanceConnection : VenueConnection
{
    const int MostStreams = 1024;

    static readonly TimeSpan ShutdownNotice = TimeSpan.FromMinutes(1);

    readonly BinanceFamilyVenue _venue;
    readonly BinanceDoor _door;
    readonly BinanceRequests _requests;
    readonly Queue<long> _received = new();
    readonly Utf8Text _unwrapped = new();
    long _lastPongUs;

    public BinanceConnection(BinanceFamilyVenue venue, FramedSocket socket, BinanceDoor door)
        : base(venue, socket, door.Path)
    {
        _venue = venue;
        _door = door;
        _requests = new(this);
        IsCombined = door.IsCombined;
        IsMicroseconds = door.IsMicroseconds;
        _lastPongUs = Timeline.NowUs;
        foreach (var name in door.Streams)
            Add(name);
        Timeline.In(venue.Manners.PingInterval, KeepAlive);
        Timeline.In(venue.Manners.Life - ShutdownNotice, () => ShutDown(ShutdownNotice));
    }

    /// <summary>Payloads come wrapped with their stream's name.</summary>
    public bool IsCombined { get; set; }

    /// <summary>Times are microseconds.</summary>
    public bool IsMicroseconds { get; }

    public override bool JumpSequence(ArmedFault fault, OutgoingFrame frame)
    {
        var count = fault.Spec.Amount == 0 ? 3 : fault.Spec.Amount;
        if (frame.Stream is { } stream)
            _venue.Skip(stream, count);
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
        if (Parts.Options.EnforcesLimits && _received.Count > _venue.Manners.MessagesPerSecond)
            Close(1008, "Too many requests");
    }

    protected override VenueStream? Create(string name)
    {
        if (StreamCount >= MostStreams || _venue.Plan(name, _door) is not { } plan)
            return null;
        return plan.Create(this, TruthOf(name, plan.Table, plan.Symbol));
    }

    /// <summary>Pings; a client that owes its pongs for too long is cut off.</summary>
    void KeepAlive()
    {
        if (!IsOpen)
            return;
        var owedUs = Timeline.NowUs - _lastPongUs;
        if (Parts.Options.EnforcesLimits && owedUs > _venue.Manners.PongPatience.TotalMicroseconds)
        {
            Close(1011, "pong timeout");
            return;
        }

        if (!IsMuted(null))
            Ping(Encoding.ASCII.GetBytes(Timeline.NowMs.ToString(null, null)));
        Timeline.In(_venue.Manners.PingInterval, KeepAlive);
    }

    void ShutDown(TimeSpan notice)
    {
        if (!IsOpen)
            return;
        if (!_venue.Manners.AnnouncesShutdown)
        {
            Timeline.In(notice, () => Close(1001, "going away"));
            return;
        }

        var text = new Utf8Text().Raw("{\"e\":\"serverShutdown\",\"E\":"u8)
            .Integer(IsMicroseconds ? Timeline.NowUs : Timeline.NowMs).Raw("}"u8);
        SendControl(IsCombined
            ? new Utf8Text().Raw("{\"stream\":\"!serverShutdown\",\"data\":"u8).Raw(text.Written).Raw("}"u8).Written
            : text.Written);
        Timeline.In(notice, () => Close(1001, "server shutdown"));
    }
}
