using Ticklake.Simulator.Binance;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.BinanceFutures;

/// <summary><c>@ticker</c>: every two seconds in which something was traded; without best prices.</summary>
sealed class FuturesTickerStream(BinanceConnection connection, TruthStream stream, FuturesMarket market)
    : BinanceStream(connection, stream)
{
    int _sent = -1;

    protected override void Open() => Repeat(TimeSpan.FromSeconds(2), SendIfChanged);

    void SendIfChanged()
    {
        var (day, symbol) = (market.Market.Day, market.Market.Symbol);
        if (day.TradeCount == _sent)
            return;
        _sent = day.TradeCount;
        var text = new Utf8Text().Event("24hrTicker", Now, market.Symbol).Key("ps").Quoted(market.Pair)
            .Change(market.Market).Key("c").Price(day.Last, symbol).Key("Q").Quantity(day.LastAmount)
            .Key("o").Price(day.Open, symbol).Key("h").Price(day.High, symbol).Key("l").Price(day.Low, symbol)
            .Key("v").Quantity(day.Volume).Key("q").Quote(day.QuoteVolume, symbol)
            .Key("O").Integer(Now - 86_400_000).Key("C").Integer(Now)
            .Key("F").Integer(day.FirstTradeId).Key("L").Integer(day.LastTradeId).Key("n").Integer(day.TradeCount).End();
        Send(FrameKind.Update, text, rows: 1);
    }
}
