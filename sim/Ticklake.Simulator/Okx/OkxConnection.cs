using System.Globalization;
using System.Text.Json;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Okx;

/// <summary>One client of the public or the business socket (okx.md 2, 3).</summary>
sealed class OkxConnection : VenueConnection
{
    const int RequestsPerHour = 480;
    const int LargestRequest = 64 * 1024;

    static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(30);

    readonly OkxVenue _venue;
    readonly OkxRequests _requests;
    readonly Queue<long> _asked = new();
    long _lastSignUs;

    public OkxConnection(OkxVenue venue, FramedSocket socket, string path, bool isBusiness)
        : base(venue, socket, path)
    {
        _venue = venue;
        IsBusiness = isBusiness;
        _requests = new(this, venue);
        _lastSignUs = Timeline.NowUs;
        Timeline.In(IdleLimit, CheckIdle);
    }

    public bool IsBusiness { get; }

    /// <summary>As the exchange names connections.</summary>
    public string ConnId => (0xf0ab0000 + Ordinal).ToString("x8", CultureInfo.InvariantCulture);

    public override bool JumpSequence(ArmedFault fault, OutgoingFrame frame)
    {
        var count = fault.Spec.Amount == 0 ? 3 : fault.Spec.Amount;
        if (frame.Stream is { } stream && _venue.Find(stream.Symbol) is { } market)
        {
            if (stream.Table == "trades")
                market.Market.SkipTradeIds(count);
            else
                market.Depth.Skip(count);
        }

        return false;
    }

    public override void Suffer(ArmedFault fault)
    {
        switch (fault.Spec.Kind)
        {
            case FaultKind.Maintenance when !IsBusiness:
                foreach (var market in _venue.Markets)
                    market.Depth.Restart();
                break;
            case FaultKind.Maintenance:
                break;
            case FaultKind.Restart or FaultKind.DailyCut:
                Upgrade(TimeSpan.FromMilliseconds(fault.Spec.DurationMs));
                break;
            default:
                Close(1001, "going away");
                break;
        }
    }

    protected override byte[] Seal(OutgoingFrame frame)
    {
        _lastSignUs = Timeline.NowUs;
        return frame.Body;
    }

    protected override void OnClientFrame() => _lastSignUs = Timeline.NowUs;

    protected override void OnMessage(byte[] text)
    {
        if (text.AsSpan().SequenceEqual("ping"u8))
        {
            if (!IsMuted(null))
                SendControl("pong"u8);
            return;
        }

        if (Parts.Options.EnforcesLimits && text.Length > LargestRequest)
        {
            Close(1009, "message too big");
            return;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            _requests.Handle(json.RootElement, isAllowed: MayAsk());
        }
        catch (JsonException)
        {
            _requests.Refuse(60012, "Illegal request: " + System.Text.Encoding.UTF8.GetString(text), null);
        }
    }

    protected override VenueStream? Create(string name) => _requests.Create(name, TruthOf);

    bool MayAsk()
    {
        var now = Timeline.NowUs;
        while (_asked.TryPeek(out var first) && first <= now - 3_600_000_000)
            _asked.Dequeue();
        _asked.Enqueue(now);
        return !Parts.Options.EnforcesLimits || _asked.Count <= RequestsPerHour;
    }

    /// <summary>Closed where nothing went either way for more than 30 s.</summary>
    void CheckIdle()
    {
        if (!IsOpen || !Parts.Options.EnforcesLimits)
            return;
        var idle = TimeSpan.FromMicroseconds(Timeline.NowUs - _lastSignUs);
        if (idle > IdleLimit)
            Close(4004, "No data received in 30s");
        else
            Timeline.In(IdleLimit - idle + TimeSpan.FromMilliseconds(1), CheckIdle);
    }

    void Upgrade(TimeSpan notice)
    {
        if (!IsOpen)
            return;
        SendControl(new Utf8Text().Raw("{\"event\":\"notice\",\"code\":\"64008\",\"msg\":"u8)
            .Quoted("The connection will soon be closed for a service upgrade. Please reconnect.")
            .Key("connId").Quoted(ConnId).Raw("}"u8).Written);
        Timeline.In(notice, () => Close(4006, "service upgrade"));
    }
}
