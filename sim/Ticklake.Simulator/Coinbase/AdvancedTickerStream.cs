using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Coinbase;

/// <summary><c>ticker</c>: at once, then whenever something was traded (coinbase.md 4.10).</summary>
sealed class AdvancedTickerStream(CoinbaseAdvancedConnection connection, TruthStream stream, CoinbaseMarket market)
    : AdvancedStream(connection, stream, "ticker")
{
    protected override void Open()
    {
        SendTicker("snapshot");
        market.Market.Stepped += OnStep;
    }

    protected override void Cease() => market.Market.Stepped -= OnStep;

    void OnStep(MarketStep step)
    {
        if (step.Trades.Count > 0)
            SendTicker("update");
    }

    void SendTicker(string type)
    {
        var (day, symbol) = (market.Market.Day, market.Symbol);
        var (bid, ask) = (market.Market.Bids.Levels[0], market.Market.Asks.Levels[0]);
        var text = Begin().Raw("{\"type\":"u8).Quoted(type).Key("tickers").Raw("[{\"type\":\"ticker\""u8)
            .Key("product_id").Quoted(symbol.Symbol).PriceMember("price", day.Last, symbol)
            .AmountMember("volume_24_h", day.Volume).PriceMember("low_24_h", day.Low, symbol)
            .PriceMember("high_24_h", day.High, symbol).PriceMember("low_52_w", day.Low / 2, symbol)
            .PriceMember("high_52_w", day.High * 2, symbol)
            .Key("price_percent_chg_24_h").Raw("\""u8).Decimals((day.Last - day.Open) * 100m / day.Open, 14).Raw("\""u8)
            .PriceMember("best_bid", bid.Price, symbol).AmountMember("best_bid_quantity", bid.Amount)
            .PriceMember("best_ask", ask.Price, symbol).AmountMember("best_ask_quantity", ask.Amount).Raw("}]}]"u8);
        Send(FrameKind.Update, text, rows: 1);
    }
}
