using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Bybit;

/// <summary><c>orderbook.50/200/1000</c>: a snapshot, then what changes; ids count up by one.</summary>
sealed class BookTopic(BybitConnection connection, TruthStream stream, BybitMarket market, BybitDepth depth)
    : VenueStream(connection, stream)
{
    public BybitDepth Depth => depth;

    protected override void Open()
    {
        depth.Prepare();
        SendWhole();
        depth.Changed += OnChanged;
        depth.Restarted += SendWhole;
    }

    protected override void Cease()
    {
        depth.Changed -= OnChanged;
        depth.Restarted -= SendWhole;
    }

    void SendWhole() => SendBook(
        FrameKind.Snapshot,
        "snapshot",
        new BybitDifference(depth.UpdateId, depth.Sequence, depth.Bids, depth.Asks));

    void OnChanged(BybitDifference difference) => SendBook(FrameKind.Update, "delta", difference);

    void SendBook(FrameKind kind, string type, BybitDifference book)
    {
        var text = new Utf8Text().Topic(Stream.Name, type, Timeline.NowMs, market.IsLinear).Book(market, book)
            .Key("cts").Integer(Timeline.NowMs - 3).Raw("}"u8);
        Send(kind, text, book.Bids.Count + book.Asks.Count);
    }
}
