using System.Text.Json;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Mexc;

/// <summary>One client: JSON control in text frames, protobuf data in binary ones (mexc.md sections 2 and 3).</summary>
sealed class MexcConnection : VenueConnection
{
    const int MostTopics = 30;
    const int MessagesPerSecond = 100;

    static readonly TimeSpan SubscribePatience = TimeSpan.FromSeconds(30);
    static readonly TimeSpan PingPatience = TimeSpan.FromSeconds(60);
    static readonly TimeSpan Life = TimeSpan.FromHours(24);

    readonly MexcVenue _venue;
    readonly MexcRequests _requests;
    readonly Queue<long> _received = new();
    long _lastPingUs;
    int _taken;

    public MexcConnection(MexcVenue venue, FramedSocket socket, string path)
        : base(venue, socket, path)
    {
        _venue = venue;
        _requests = new(this, venue);
        _lastPingUs = Timeline.NowUs;
        Timeline.In(SubscribePatience, () =>
        {
            if (Parts.Options.EnforcesLimits && StreamCount == 0)
                Close(1005, "no valid subscription");
        });
        Timeline.In(PingPatience, CheckPings);
        Timeline.In(Life, () => Close(1001, "24 hours"));
    }

    public void TakePing() => _lastPingUs = Timeline.NowUs;

    public override bool JumpSequence(ArmedFault fault, OutgoingFrame frame)
    {
        // Trade ids have no order that a client could know: only versions jump.
        if (frame.Stream is { } stream && _venue.Market(stream.Symbol) is { } market)
            market.SkipUpdateIds(fault.Spec.Amount == 0 ? 3 : fault.Spec.Amount);
        return false;
    }

    protected override void OnMessage(byte[] text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            _requests.Handle(json.RootElement);
        }
        catch (JsonException)
        {
            _requests.Answer("0", 1, "msg format invalid");
        }
    }

    protected override void OnClientFrame()
    {
        var now = Timeline.NowUs;
        _received.Enqueue(now);
        while (_received.Peek() <= now - 1_000_000)
            _received.Dequeue();
        if (Parts.Options.EnforcesLimits && _received.Count > MessagesPerSecond)
            Close(1008, "too many requests");
    }

    /// <summary>Counted over the connection's life: of 32 topics only 30 were ever pushed, without a word.</summary>
    protected override VenueStream? Create(string name)
    {
        if (TopicPlan.For(name, _venue) is not { } plan || ++_taken > MostTopics)
            return null;
        return plan.Create(this, TruthOf(name, plan.Table, plan.Symbol));
    }

    /// <summary>A client that does not ping is cut after a minute, without a close frame.</summary>
    void CheckPings()
    {
        if (!IsOpen)
            return;
        var silent = TimeSpan.FromMicroseconds(Timeline.NowUs - _lastPingUs);
        if (Parts.Options.EnforcesLimits && silent >= PingPatience)
            Reset();
        else
            Timeline.In(silent >= PingPatience ? PingPatience : PingPatience - silent, CheckPings);
    }
}
