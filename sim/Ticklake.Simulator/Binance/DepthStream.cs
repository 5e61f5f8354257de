using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Binance;

/// <summary><c>@depth</c>, <c>@depth@100ms</c>: differences; consecutive update ids.</summary>
sealed class DepthStream(BinanceConnection connection, TruthStream stream, ScriptedMarket market, DepthGrid grid)
    : BinanceStream(connection, stream)
{
    protected override void Open() => grid.Ready += OnDifference;

    protected override void Cease() => grid.Ready -= OnDifference;

    void OnDifference(DepthDifference difference)
    {
        var text = new Utf8Text().Event("depthUpdate", Now, market.Symbol.Symbol)
            .Key("U").Integer(difference.FirstUpdateId).Key("u").Integer(difference.LastUpdateId)
            .Key("b").Levels(difference.Bids, market.Symbol).Key("a").Levels(difference.Asks, market.Symbol).Raw("}"u8);
        Send(FrameKind.Update, text, difference.Bids.Count + difference.Asks.Count);
    }
}
