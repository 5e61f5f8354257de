using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Mexc;

/// <summary><c>limit.depth</c>: the whole top of the book, when the book changed (mexc.md section 4.5).</summary>
sealed class LimitDepthStream(MexcConnection connection, TruthStream stream, MexcMarket market, int depth)
    : MexcStream(connection, stream, market)
{
    // How often is not documented.
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    long _sent;

    protected override int BodyField => 303;

    protected override void Open() => Repeat(Interval, SendIfChanged);

    void SendIfChanged()
    {
        var book = Market.Market;
        if (book.LastUpdateId == _sent)
            return;
        _sent = book.LastUpdateId;
        var body = new ProtobufText().Levels(book.Asks.Top(depth), book.Bids.Top(depth), Market.Spec).Text(3, EventType)
            .Text(4, MexcPayloads.Number(_sent)).Number(5, Market.LastOrderMs);
        Push(FrameKind.Snapshot, body, Math.Min(depth, book.Bids.Levels.Count) + Math.Min(depth, book.Asks.Levels.Count));
    }
}
