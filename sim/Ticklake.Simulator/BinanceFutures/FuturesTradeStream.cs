using Ticklake.Simulator.Binance;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.BinanceFutures;

/// <summary><c>@trade</c>: every fill, those of the insurance fund too, which are no trades.</summary>
sealed class FuturesTradeStream(BinanceConnection connection, TruthStream stream, FuturesMarket market)
    : BinanceStream(connection, stream)
{
    protected override void Open() => market.Market.Stepped += OnStep;

    protected override void Cease() => market.Market.Stepped -= OnStep;

    void OnStep(MarketStep step)
    {
        foreach (var trade in step.Trades)
        {
            var isFund = FuturesMarket.IsOfInsuranceFund(trade);
            var text = new Utf8Text().Event("trade", Now, market.Symbol).Key("T").Integer(trade.TimeUs / 1000)
                .Key("t").Integer(trade.Id).Key("p").TrimmedPrice(trade.Price, market.Market.Symbol)
                .Key("q").TrimmedQuantity(trade.Amount).Key("X").Quoted(isFund ? "INSURANCE_FUND" : "MARKET")
                .Key("m").Flag(!trade.TakerBuys).Raw("}"u8);
            if (isFund)
                Send(FrameKind.Update, text, rows: 0);
            else
                Send(text, Truth(market, trade.Id, trade.Price, trade.Amount, trade.TakerBuys, trade.TimeUs));
        }
    }

    public static TruthTrade Truth(FuturesMarket market, long id, long price, long amount, bool takerBuys, long timeUs) =>
        new(id, market.Market.PriceOf(price), ScriptedMarket.AmountOf(amount), takerBuys, timeUs);
}
