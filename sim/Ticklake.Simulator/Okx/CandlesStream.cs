using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Okx;

/// <summary>
/// <c>candle…</c>: the current bar at once, then at most one a second on change, each closed bar once with confirm 1
/// (okx.md 4.6).
/// </summary>
sealed class CandlesStream(OkxConnection connection, TruthStream stream, OkxMarket market, CandleSeries series)
    : VenueStream(connection, stream)
{
    long _bucket;
    long _sentTrade = -2;

    protected override void Open()
    {
        series.Roll(Timeline.NowMs);
        _bucket = series.Candles[^1].OpenTimeMs;
        SendIfChanged();
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
        var symbol = market.Market.Symbol;
        var text = new Utf8Text().Arg("candle" + series.Timeframe.Name, market.Symbol).Raw(",\"data\":[["u8)
            .Digits(candle.OpenTimeMs).Raw(","u8).TrimmedPrice(candle.Open, symbol).Raw(","u8)
            .TrimmedPrice(candle.High, symbol).Raw(","u8).TrimmedPrice(candle.Low, symbol).Raw(","u8)
            .TrimmedPrice(candle.Close, symbol).Raw(","u8).TrimmedQuantity(candle.Volume).Raw(","u8);
        if (market.IsDerivative)
            text.BaseVolume(candle.Volume, isDerivative: true);
        else
            text.QuoteVolume(candle.QuoteVolume, market);
        text.Raw(","u8).QuoteVolume(candle.QuoteVolume, market).Raw(","u8).Digits(isClosed ? 1 : 0).Raw("]]}"u8);
        Send(FrameKind.Update, text, rows: 1);
    }
}
