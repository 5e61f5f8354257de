using Ticklake.Simulator.Binance;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.BinanceFutures;

/// <summary><c>@aggTrade</c>: the fills of one side at one price within 100 ms.</summary>
sealed class FuturesAggregateStream(BinanceConnection connection, TruthStream stream, FuturesMarket market)
    : BinanceStream(connection, stream)
{
    protected override void Open() => market.Aggregated += OnAggregates;

    protected override void Cease() => market.Aggregated -= OnAggregates;

    void OnAggregates(IReadOnlyList<AggregateTrade> trades)
    {
        foreach (var trade in trades)
        {
            var text = new Utf8Text().Event("aggTrade", Now, market.Symbol).Key("a").Integer(trade.Id)
                .Key("p").TrimmedPrice(trade.Price, market.Market.Symbol).Key("q").TrimmedQuantity(trade.Amount)
                .Key("nq").TrimmedQuantity(trade.Amount)
                .Key("f").Integer(trade.FirstTradeId).Key("l").Integer(trade.LastTradeId)
                .Key("T").Integer(trade.TimeUs / 1000).Key("m").Flag(!trade.TakerBuys).End();
            Send(text, FuturesTradeStream.Truth(
                market, trade.Id, trade.Price, trade.Amount, trade.TakerBuys, trade.TimeUs));
        }
    }
}
