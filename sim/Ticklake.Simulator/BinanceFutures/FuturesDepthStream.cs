using Ticklake.Simulator.Binance;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.BinanceFutures;

/// <summary><c>@depth</c>, <c>@depth@100ms</c>, <c>@depth@500ms</c>: differences that name the one before.</summary>
sealed class FuturesDepthStream(BinanceConnection connection, TruthStream stream, FuturesMarket market, DepthGrid grid)
    : BinanceStream(connection, stream)
{
    protected override void Open() => grid.Ready += OnDifference;

    protected override void Cease() => grid.Ready -= OnDifference;

    void OnDifference(DepthDifference difference) => Send(
        FrameKind.Update, new Utf8Text().Difference(market, Now, difference), difference.Bids.Count + difference.Asks.Count);
}
