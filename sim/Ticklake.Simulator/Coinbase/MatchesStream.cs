using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Coinbase;

/// <summary>
/// <c>matches</c>: the trade before the subscription as <c>last_match</c>, then each fill (coinbase.md 4.2).
/// </summary>
sealed class MatchesStream(CoinbaseExchangeConnection connection, TruthStream stream, CoinbaseMarket market)
    : VenueStream(connection, stream)
{
    protected override void Open()
    {
        if (market.Market.Trades is [.., var last])
            SendOne("last_match", last);
        market.Market.Stepped += OnStep;
    }

    protected override void Cease() => market.Market.Stepped -= OnStep;

    void OnStep(MarketStep step)
    {
        foreach (var trade in step.Trades)
            SendOne("match", trade);
    }

    void SendOne(string type, MarketTrade trade)
    {
        var text = new Utf8Text().Raw("{\"type\":"u8).Quoted(type).Key("trade_id").Integer(trade.Id)
            .Key("maker_order_id").Quoted(CoinbaseText.OrderId(trade.Id))
            .Key("taker_order_id").Quoted(CoinbaseText.OrderId(trade.TakerOrder)).Key("side").Quoted(trade.MakerSide())
            .AmountMember("size", trade.Amount).PriceMember("price", trade.Price, market.Symbol)
            .Key("product_id").Quoted(market.Symbol.Symbol).Key("sequence").Integer(market.Market.LastUpdateId)
            .Key("time").Time(trade.TimeUs).Raw("}"u8);
        Send(text, trade.ToTruth(market.Market));
    }
}
