using Ticklake.Simulator.Binance;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.BinanceFutures;

/// <summary><c>@forceOrder</c> and <c>!forceOrder@arr</c>: of each contract the latest liquidation of a second.</summary>
sealed class LiquidationStream(BinanceConnection connection, TruthStream stream, IReadOnlyCollection<FuturesMarket> markets)
    : BinanceStream(connection, stream)
{
    readonly List<(FuturesMarket Market, Action<MarketTrade> Handler)> _handlers = [];

    protected override void Open()
    {
        foreach (var market in markets)
        {
            var handler = (MarketTrade trade) =>
                Send(FrameKind.Update, new Utf8Text().Liquidation(market, trade, Now), rows: 1);
            _handlers.Add((market, handler));
            market.Liquidated += handler;
        }
    }

    protected override void Cease() => _handlers.ForEach(h => h.Market.Liquidated -= h.Handler);
}
