using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Coinbase;

/// <summary>
/// <c>ticker</c> of the Exchange feed: at once, then after each order that traded; its side is the taker's (coinbase.md
/// 4.3).
/// </summary>
sealed class ExchangeTickerStream(CoinbaseExchangeConnection connection, TruthStream stream, CoinbaseMarket market)
    : VenueStream(connection, stream)
{
    protected override void Open()
    {
        if (market.Market.Trades is [.., var last])
            SendTicker(last);
        market.Market.Stepped += OnStep;
    }

    protected override void Cease() => market.Market.Stepped -= OnStep;

    void OnStep(MarketStep step)
    {
        if (step.Trades is [.., var last])
            SendTicker(last);
    }

    void SendTicker(MarketTrade trade)
    {
        var (day, symbol) = (market.Market.Day, market.Symbol);
        var (bid, ask) = (market.Market.Bids.Levels[0], market.Market.Asks.Levels[0]);
        var text = new Utf8Text().Raw("{\"type\":\"ticker\""u8).Key("sequence").Integer(market.Market.LastUpdateId)
            .Key("product_id").Quoted(symbol.Symbol).PriceMember("price", day.Last, symbol)
            .PriceMember("open_24h", day.Open, symbol).AmountMember("volume_24h", day.Volume)
            .PriceMember("low_24h", day.Low, symbol).PriceMember("high_24h", day.High, symbol)
            .AmountMember("volume_30d", day.Volume * 30)
            .PriceMember("best_bid", bid.Price, symbol).AmountMember("best_bid_size", bid.Amount)
            .PriceMember("best_ask", ask.Price, symbol).AmountMember("best_ask_size", ask.Amount)
            .Key("side").Quoted(trade.TakerBuys ? "buy" : "sell").Key("time").Time(trade.TimeUs)
            .Key("trade_id").Integer(trade.Id).AmountMember("last_size", trade.Amount).Raw("}"u8);
        Send(FrameKind.Update, text, rows: 1);
    }
}
