using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Binance;

/// <summary>
/// <c>@kline_*</c>: the running candle at an interval while it changes, each closed one once with x = true.
/// </summary>
sealed class KlineStream(
    BinanceConnection connection, TruthStream stream, SymbolSpec symbol, CandleSeries series, TimeSpan interval)
    : BinanceStream(connection, stream)
{
    long _bucket;
    long _sentTrade = -2;

    protected override void Open()
    {
        series.Roll(Timeline.NowMs);
        _bucket = series.Candles[^1].OpenTimeMs;
        Repeat(interval, SendIfChanged);
    }

    void SendIfChanged()
    {
        series.Roll(Timeline.NowMs);
        var running = series.Candles[^1];
        if (running.OpenTimeMs != _bucket)
        {
            foreach (var closed in series.Candles.Where(c => c.OpenTimeMs >= _bucket && c != running).ToArray())
                SendOne(closed, isClosed: true);
            (_bucket, _sentTrade) = (running.OpenTimeMs, -2);
        }

        if (running.LastTradeId == _sentTrade)
            return;
        _sentTrade = running.LastTradeId;
        SendOne(running, isClosed: false);
    }

    void SendOne(Candle candle, bool isClosed)
    {
        var end = series.Timeframe.Next(candle.OpenTimeMs);
        var text = new Utf8Text().Event("kline", Now, symbol.Symbol).Raw(",\"k\":{\"t\":"u8)
            .Integer(Time(candle.OpenTimeMs * 1000))
            .Key("T").Integer(Connection.IsMicroseconds ? (end * 1000) - 1 : end - 1)
            .Key("s").Quoted(symbol.Symbol).Key("i").Quoted(series.Timeframe.Name)
            .Key("f").Integer(candle.FirstTradeId).Key("L").Integer(candle.LastTradeId)
            .Key("o").Price(candle.Open, symbol).Key("c").Price(candle.Close, symbol)
            .Key("h").Price(candle.High, symbol).Key("l").Price(candle.Low, symbol)
            .Key("v").Quantity(candle.Volume).Key("n").Integer(candle.TradeCount).Key("x").Flag(isClosed)
            .Key("q").Quote(candle.QuoteVolume, symbol).Key("V").Quantity(candle.TakerBuyVolume)
            .Key("Q").Quote(candle.TakerBuyQuoteVolume, symbol).Raw(",\"B\":\"0\"}}"u8);
        Send(FrameKind.Update, text, rows: 1);
    }
}
