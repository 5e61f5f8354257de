using Ticklake.Simulator.Binance;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.BinanceFutures;

/// <summary><c>@depth@0ms</c>: each update of the engine as it happens.</summary>
sealed class EngineDepthStream(BinanceConnection connection, TruthStream stream, FuturesMarket market)
    : BinanceStream(connection, stream)
{
    protected override void Open() => market.Market.Stepped += OnStep;

    protected override void Cease() => market.Market.Stepped -= OnStep;

    void OnStep(MarketStep step)
    {
        if (step.Levels.Count == 0)
            return;
        var difference = new DepthDifference(
            step.FirstUpdateId, step.FirstUpdateId + step.Levels.Count - 1, Side(step, isBid: true), Side(step, isBid: false));
        Send(FrameKind.Update, new Utf8Text().Difference(market, Now, difference), difference.Bids.Count + difference.Asks.Count);
    }

    // A price that changed twice within the step stands there once, with its last total.
    static List<KeyValuePair<long, long>> Side(MarketStep step, bool isBid) =>
        [.. step.Levels.Where(l => l.IsBid == isBid).GroupBy(l => l.Price).Select(g => KeyValuePair.Create(g.Key, g.Last().Amount))];
}
