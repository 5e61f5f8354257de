using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Gateio;

/// <summary>One client of <c>/ws/v4/</c> (gateio.md sections 2 and 3).</summary>
sealed class GateioConnection : VenueConnection
{
    const long MostSecondsOff = 60;
    const long IdleUs = 30_500_000;

    static readonly TimeSpan IdleLook = TimeSpan.FromSeconds(1);

    readonly GateioVenue _venue;
    readonly GateioRequests _requests;
    long _lastHeardUs;

    public GateioConnection(GateioVenue venue, FramedSocket socket, string path)
        : base(venue, socket, path)
    {
        _venue = venue;
        _requests = new(this);
        _lastHeardUs = Timeline.NowUs;
        Timeline.Every(IdleLook, LookForLife);
    }

    /// <summary>A request's time is within a minute of ours.</summary>
    public bool IsTimely(long seconds) =>
        !Parts.Options.EnforcesLimits || Math.Abs(seconds - (Timeline.NowMs / 1000)) <= MostSecondsOff;

    /// <summary>The name is of a stream that exists.</summary>
    public bool Means(string name) => StreamPlan.For(name, _venue) is not null;

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
        SendControl("{\"type\":\"upgrade\",\"msg\":\"The connection will soon be closed for a service upgrade. "u8
            .ToArray().Concat("Please reconnect.\"}"u8.ToArray()).ToArray());
        Timeline.In(TimeSpan.FromMilliseconds(fault.Spec.DurationMs), () => Close(1001, "upgrade"));
    }

    protected override void OnMessage(byte[] text) => _requests.Handle(text);

    protected override void OnClientFrame() => _lastHeardUs = Timeline.NowUs;

    protected override VenueStream? Create(string name) =>
        StreamPlan.For(name, _venue) is { } plan ? plan.Create(this, TruthOf(name, plan.Table, plan.Symbol)) : null;

    /// <summary>A silent client without subscriptions is cut off, without a closing frame.</summary>
    bool LookForLife()
    {
        if (IsOpen && StreamCount == 0 && Timeline.NowUs - _lastHeardUs > IdleUs)
            Reset();
        return IsOpen;
    }
}
