using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Mexc;

/// <summary>
/// <c>kline</c>: the running candle every second; nothing says that a candle is closed, the next one begins (mexc.md section
/// 4.6).
/// </summary>
sealed class KlineStream(MexcConnection connection, TruthStream stream, MexcMarket market, CandleSeries series)
    : MexcStream(connection, stream, market)
{
    protected override int BodyField => 308;

    protected override int TimeField => 5;

    protected override void Open() => Repeat(TimeSpan.FromSeconds(1), SendRunning);

    void SendRunning()
    {
        series.Roll(Timeline.NowMs);
        var candle = series.Candles[^1];
        var body = new ProtobufText().Text(1, series.Timeframe.Name).Number(2, candle.OpenTimeMs / 1000)
            .Text(3, MexcPayloads.Price(candle.Open, Market.Spec)).Text(4, MexcPayloads.Price(candle.Close, Market.Spec))
            .Text(5, MexcPayloads.Price(candle.High, Market.Spec)).Text(6, MexcPayloads.Price(candle.Low, Market.Spec))
            .Text(7, MexcPayloads.Quantity(candle.Volume)).Text(8, MexcPayloads.Quote(candle.QuoteVolume, Market.Spec))
            .Number(9, series.Timeframe.Next(candle.OpenTimeMs) / 1000);
        Push(FrameKind.Update, body, rows: 1);
    }
}
