using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Binance;

/// <summary><c>@aggTrade</c>: one message per taker order and price.</summary>
sealed class AggregateTradeStream(BinanceConnection connection, TruthStream stream, BinanceMarket market)
    : BinanceStream(connection, stream)
{
    protected override void Open() => market.Aggregated += OnAggregates;

    protected override void Cease() => market.Aggregated -= OnAggregates;

    void OnAggregates(IReadOnlyList<AggregateTrade> trades)
    {
        foreach (var trade in trades)
        {
            var text = new Utf8Text().Event("aggTrade", Now, market.Symbol).Key("a").Integer(trade.Id)
                .Key("p").Price(trade.Price, market.Market.Symbol).Key("q").Quantity(trade.Amount)
                .Key("f").Integer(trade.FirstTradeId).Key("l").Integer(trade.LastTradeId)
                .Key("T").Integer(Time(trade.TimeUs)).Key("m").Flag(!trade.TakerBuys).Raw(",\"M\":true}"u8);
            Send(text, new TruthTrade(
                trade.Id,
                market.Market.PriceOf(trade.Price),
                ScriptedMarket.AmountOf(trade.Amount),
                trade.TakerBuys,
                trade.TimeUs));
        }
    }
}
