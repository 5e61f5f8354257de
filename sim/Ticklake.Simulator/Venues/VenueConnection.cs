using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Venues;

/// <summary>
/// One client of an exchange whose streams have names: what it has asked for, and the faults of subscriptions. An exchange
/// adds how requests read and answers look.
/// </summary>
abstract class VenueConnection(SimulatedVenue venue, FramedSocket socket, string path)
    : ServedConnection(venue.Parts, socket, path)
{
    readonly Dictionary<string, VenueStream?> _streams = new(StringComparer.Ordinal);

    /// <summary>Everything asked for, whether it means anything or not.</summary>
    public IEnumerable<string> Names => _streams.Keys;

    public IEnumerable<VenueStream> Streams => _streams.Values.OfType<VenueStream>();

    public int StreamCount => _streams.Count;

    public bool Has(string name) => _streams.ContainsKey(name);

    // A hole in the ids of a stream shows in that stream's next message and nowhere else.
    public override bool Reveals(OutgoingFrame lost, OutgoingFrame next) => lost.Stream == next.Stream;

    // Far enough from the middle not to be traded through at once, near enough to be in everybody's window.
    public override NamedLevel? QuietLevel(OutgoingFrame frame)
    {
        if (venue.Market(frame.Stream!.Symbol) is not { } market)
            return null;
        var middle = (market.PriceOf(market.Bids.Orders[0].Price) + market.PriceOf(market.Asks.Orders[0].Price)) / 2;
        return StreamLevels.Of(frame.Body, frame.IsBinary)
            .FirstOrDefault(level => Math.Abs(level.Price - middle) / middle is > 0.0012m and < 0.0025m);
    }

    public override void Suffer(ArmedFault fault) => Close(1001, "going away");

    /// <summary>Subscribes, if it is not subscribed; a name that means nothing stays silent.</summary>
    public void Add(string name)
    {
        if (_streams.ContainsKey(name))
            return;
        Parts.Truth.Subscription(Truth, "subscribed", name);
        var created = IsSilenced(name) ? null : Create(name);
        _streams.Add(name, created);
        created?.Start();
    }

    public bool Remove(string name)
    {
        if (!_streams.Remove(name, out var stream))
            return false;
        stream?.Stop();
        Parts.Truth.Subscription(Truth, "unsubscribed", name);
        return true;
    }

    /// <summary>A fault armed for the request of this stream, told to the truth log; null where none is.</summary>
    public ArmedFault? Refusal(string name)
    {
        if (Parts.Faults.AtSubscription(venue.Id, Ordinal, name, FaultKind.RefuseSubscription) is not { } fault)
            return null;
        Tell(fault, name, "refused");
        return fault;
    }

    /// <summary>The stream of that name, or null where it means nothing.</summary>
    protected abstract VenueStream? Create(string name);

    protected TruthStream TruthOf(string name, string table, string symbol) =>
        Parts.Truth.GetOrAddStream(venue.Id, name, table, symbol);

    protected override byte[] Seal(OutgoingFrame frame) => frame.Body;

    protected override void SealLane(Utf8Text text, FirehoseLane lane)
    {
    }

    protected override void OnClosed()
    {
        foreach (var stream in _streams.Values)
            stream?.Stop();
        venue.Leave(this);
    }

    bool IsSilenced(string name)
    {
        if (Parts.Faults.AtSubscription(venue.Id, Ordinal, name, FaultKind.SilentSubscription) is not { } fault)
            return false;
        Tell(fault, name, "silent");
        return true;
    }

    void Tell(ArmedFault fault, string name, string detail) => Parts.Truth.Fault(
        new(fault.Ordinal, fault.Spec.Kind.ToString(), name, Ordinal, Truth.Frames + 1, detail));
}
