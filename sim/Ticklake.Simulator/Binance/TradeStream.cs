using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Binance;

/// <summary><c>@trade</c>: every fill.</summary>
sealed class TradeStream(BinanceConnection connection, TruthStream stream, ScriptedMarket market)
    : BinanceStream(connection, stream)
{
    protected override void Open() => market.Stepped += OnStep;

    protected override void Cease() => market.Stepped -= OnStep;

    void OnStep(MarketStep step)
    {
        foreach (var trade in step.Trades)
        {
            var text = new Utf8Text().Event("trade", Now, market.Symbol.Symbol).Key("t").Integer(trade.Id)
                .Key("p").Price(trade.Price, market.Symbol).Key("q").Quantity(trade.Amount)
                .Key("T").Integer(Time(trade.TimeUs)).Key("m").Flag(!trade.TakerBuys).Raw(",\"M\":true}"u8);
            Send(text, new TruthTrade(
                trade.Id,
                market.PriceOf(trade.Price),
                ScriptedMarket.AmountOf(trade.Amount),
                trade.TakerBuys,
                trade.TimeUs));
        }
    }
}
