using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Gateio;

/// <summary><c>spot.candlesticks</c>: the running candle every two seconds, each closed one once with <c>w</c>.</summary>
sealed class CandleStream(ServedConnection connection, TruthStream stream, ScriptedMarket market, CandleSeries series)
    : GateioStream(connection, stream, market)
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    long _bucket;

    protected override void Open()
    {
        series.Roll(Timeline.NowMs);
        _bucket = series.Candles[^1].OpenTimeMs;
        Repeat(Interval, SendNow);
    }

    void SendNow()
    {
        series.Roll(Timeline.NowMs);
        var running = series.Candles[^1];
        foreach (var closed in series.Candles.Where(c => c.OpenTimeMs >= _bucket && c != running).ToArray())
            SendOne(closed, isClosed: true);
        _bucket = running.OpenTimeMs;
        SendOne(running, isClosed: false);
    }

    void SendOne(Candle candle, bool isClosed)
    {
        var text = Push("spot.candlesticks").Raw("\"t\":\""u8).Integer(candle.OpenTimeMs / 1000).Raw("\""u8)
            .Key("v").Quote(candle.QuoteVolume, Symbol).Key("c").TrimmedPrice(candle.Close, Symbol)
            .Key("h").TrimmedPrice(candle.High, Symbol).Key("l").TrimmedPrice(candle.Low, Symbol)
            .Key("o").TrimmedPrice(candle.Open, Symbol).Key("n").Quoted($"{series.Timeframe.Name}_{Symbol.Symbol}")
            .Key("a").TrimmedQuantity(candle.Volume).Key("w").Flag(isClosed).Raw("}}"u8);
        Send(FrameKind.Update, text, rows: 1);
    }
}
