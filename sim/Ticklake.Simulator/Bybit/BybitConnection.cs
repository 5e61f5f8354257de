using System.Text.Json;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Bybit;

/// <summary>One client of a public path (bybit.md sections 2 and 3).</summary>
sealed class BybitConnection : VenueConnection
{
    static readonly TimeSpan IdleCut = TimeSpan.FromMinutes(10);

    readonly BybitVenue _venue;
    readonly BybitRequests _requests;
    long _lastSignUs;

    public BybitConnection(BybitVenue venue, FramedSocket socket, string path)
        : base(venue, socket, path)
    {
        _venue = venue;
        _requests = new(this, venue);
        _lastSignUs = Timeline.NowUs;
        Timeline.Every(TimeSpan.FromMinutes(1), CutIfIdle);
    }

    /// <summary>Makes a hole in the ids of a book topic; no other topic has ids that show one.</summary>
    public override bool JumpSequence(ArmedFault fault, OutgoingFrame frame)
    {
        var topic = Streams.OfType<BookTopic>().FirstOrDefault(t => t.Stream == frame.Stream);
        topic?.Depth.Skip(fault.Spec.Amount == 0 ? 3 : fault.Spec.Amount);
        return false;
    }

    /// <summary>
    /// A restart of the service shows as a snapshot with u = 1, on the same connection (bybit.md 5.1).
    /// </summary>
    public override void Suffer(ArmedFault fault)
    {
        if (fault.Spec.Kind != FaultKind.Restart)
        {
            base.Suffer(fault);
            return;
        }

        foreach (var depth in _venue.Markets.SelectMany(m => m.Depths))
            depth.Restart();
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
            _requests.Refuse("error:invalid request", "", "");
        }
    }

    protected override void OnClientFrame() => _lastSignUs = Timeline.NowUs;

    protected override byte[] Seal(OutgoingFrame frame)
    {
        if (frame.Stream is not null)
            _lastSignUs = Timeline.NowUs;
        return base.Seal(frame);
    }

    protected override VenueStream? Create(string name) => BybitTopicPlan.For(name, _venue) is { } plan
        ? plan.Create(this, TruthOf(name, plan.Table, plan.Symbol))
        : null;

    /// <summary>Ten minutes without ping and without data end a connection.</summary>
    bool CutIfIdle()
    {
        if (IsOpen && Timeline.NowUs - _lastSignUs >= IdleCut.TotalMicroseconds)
            Close(1000, "idle");
        return IsOpen;
    }
}
