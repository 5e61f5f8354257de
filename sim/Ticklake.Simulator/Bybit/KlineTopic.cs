using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Bybit;

/// <summary>
/// <c>kline</c>: the running candle each second in which it changed, each closed one once with confirm = true.
/// </summary>
sealed class KlineTopic(BybitConnection connection, TruthStream stream, BybitMarket market, CandleSeries series)
    : VenueStream(connection, stream)
{
    long _bucket;
    long _sentTrade = -2;

    protected override void Open()
    {
        series.Roll(Timeline.NowMs);
        _bucket = series.Candles[^1].OpenTimeMs;
        Repeat(TimeSpan.FromSeconds(1), SendIfChanged);
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
        var spec = market.Spec;
        var text = new Utf8Text().Raw("{\"topic\":"u8).Quoted(Stream.Name).Key("data").Raw("[{\"start\":"u8)
            .Integer(candle.OpenTimeMs).Key("end").Integer(series.Timeframe.Next(candle.OpenTimeMs) - 1)
            .Key("interval").Quoted(series.Timeframe.Name)
            .Key("open").TrimmedPrice(candle.Open, spec).Key("close").TrimmedPrice(candle.Close, spec)
            .Key("high").TrimmedPrice(candle.High, spec).Key("low").TrimmedPrice(candle.Low, spec)
            .Key("volume").TrimmedQuantity(candle.Volume).Key("turnover").Turnover(candle.QuoteVolume, market)
            .Key("confirm").Flag(isClosed).Key("timestamp").Integer(Timeline.NowMs - 1).Raw("}]"u8)
            .Key("ts").Integer(Timeline.NowMs).Key("type").Quoted("snapshot").Raw("}"u8);
        Send(FrameKind.Update, text, rows: 1);
    }
}
