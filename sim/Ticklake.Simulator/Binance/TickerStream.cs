using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Binance;

/// <summary><c>@ticker</c> and <c>@miniTicker</c>: each second in which something changed.</summary>
sealed class TickerStream(BinanceConnection connection, TruthStream stream, ScriptedMarket market, bool isMini)
    : BinanceStream(connection, stream)
{
    (long, int) _sent;

    protected override void Open() => Repeat(TimeSpan.FromSeconds(1), SendIfChanged);

    void SendIfChanged()
    {
        var state = (isMini ? 0 : market.LastUpdateId, market.Day.TradeCount);
        if (state == _sent)
            return;
        _sent = state;
        var text = new Utf8Text();
        if (isMini)
            WriteMini(text, market, Now);
        else
            WriteFull(text);
        Send(FrameKind.Update, text, rows: 1);
    }

    public static void WriteMini(Utf8Text text, ScriptedMarket market, long now)
    {
        var (day, symbol) = (market.Day, market.Symbol);
        text.Event("24hrMiniTicker", now, symbol.Symbol).Key("c").Price(day.Last, symbol).Key("o")
            .Price(day.Open, symbol)
            .Key("h").Price(day.High, symbol).Key("l").Price(day.Low, symbol).Key("v").Quantity(day.Volume)
            .Key("q").Quote(day.QuoteVolume, symbol).Raw("}"u8);
    }

    void WriteFull(Utf8Text text)
    {
        var (day, symbol) = (market.Day, market.Symbol);
        var (bid, ask) = (market.Bids.Levels[0], market.Asks.Levels[0]);
        text.Event("24hrTicker", Now, symbol.Symbol).Change(market).Key("x").Price(day.Open, symbol)
            .Key("c").Price(day.Last, symbol).Key("Q").Quantity(day.LastAmount)
            .Key("b").Price(bid.Price, symbol).Key("B").Quantity(bid.Amount)
            .Key("a").Price(ask.Price, symbol).Key("A").Quantity(ask.Amount)
            .Key("o").Price(day.Open, symbol).Key("h").Price(day.High, symbol).Key("l").Price(day.Low, symbol)
            .Key("v").Quantity(day.Volume).Key("q").Quote(day.QuoteVolume, symbol)
            .Key("O").Integer(Time(Timeline.NowUs - 86_400_000_000)).Key("C").Integer(Now)
            .Key("F").Integer(day.FirstTradeId).Key("L").Integer(day.LastTradeId).Key("n").Integer(day.TradeCount)
            .Raw("}"u8);
    }
}
