using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Okx;

/// <summary><c>trades-all</c>: every fill (okx.md 4.4).</summary>
sealed class FillsStream(OkxConnection connection, TruthStream stream, OkxMarket market)
    : VenueStream(connection, stream)
{
    protected override void Open() => market.Market.Stepped += OnStep;

    protected override void Cease() => market.Market.Stepped -= OnStep;

    void OnStep(MarketStep step)
    {
        foreach (var trade in step.Trades)
        {
            var text = new Utf8Text().Arg("trades-all", market.Symbol).Raw(",\"data\":[{\"instId\":"u8)
                .Quoted(market.Symbol).Key("tradeId").Digits(trade.Id).Key("px").TrimmedPrice(trade.Price, market.Market.Symbol)
                .Key("sz").TrimmedQuantity(trade.Amount).Key("side").Quoted(trade.TakerBuys ? "buy" : "sell")
                .Key("source").Digits(0).Key("ts").Digits(trade.TimeUs / 1000).Raw("}]}"u8);
            Send(text, new TruthTrade(
                trade.Id, market.Market.PriceOf(trade.Price), ScriptedMarket.AmountOf(trade.Amount), trade.TakerBuys,
                trade.TimeUs));
        }
    }
}
