using Ticklake.Simulator.Binance;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.BinanceFutures;

/// <summary>
/// <c>@depth5</c>, <c>10</c>, <c>20</c>: the top of the book in the shape of a difference, at an interval while it changes.
/// </summary>
sealed class FuturesPartialStream(
    BinanceConnection connection, TruthStream stream, FuturesMarket market, int depth, TimeSpan interval)
    : BinanceStream(connection, stream)
{
    long _sent;

    protected override void Open() => Repeat(interval, SendIfChanged);

    void SendIfChanged()
    {
        var book = market.Market;
        if (book.LastUpdateId == _sent)
            return;
        var top = new DepthDifference(_sent + 1, book.LastUpdateId, [.. book.Bids.Top(depth)], [.. book.Asks.Top(depth)]);
        _sent = book.LastUpdateId;
        Send(FrameKind.Snapshot, new Utf8Text().Difference(market, Now, top), top.Bids.Count + top.Asks.Count);
    }
}
