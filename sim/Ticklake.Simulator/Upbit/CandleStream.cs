using System.Globalization;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Upbit;

/// <summary><c>candle.*</c>: the last bucket, then once a second what trades have changed; empty buckets have none.</summary>
sealed class CandleStream(UpbitConnection connection, TruthStream stream, ScriptedMarket market, CandleSeries series)
    : UpbitStream(connection, stream, market)
{
    long _sentBucket;
    long _sentTrade = -2;

    protected override void Open()
    {
        SendOne(series.Candles[^1], isSnapshot: true);
        Repeat(TimeSpan.FromSeconds(1), SendChanged);
    }

    void SendChanged()
    {
        foreach (var candle in series.Candles.Where(c => c.OpenTimeMs >= _sentBucket).ToArray())
        {
            if (candle.OpenTimeMs != _sentBucket || candle.LastTradeId != _sentTrade)
                SendOne(candle, isSnapshot: false);
        }
    }

    void SendOne(Candle candle, bool isSnapshot)
    {
        (_sentBucket, _sentTrade) = (candle.OpenTimeMs, candle.LastTradeId);
        var text = Head("candle." + series.Timeframe.Name);
        Write(text, candle, Symbol, Naming).Next(Naming, "timestamp", "tms").Integer(Timeline.NowMs);
        SendBinary(FrameKind.Update, Tail(text, isSnapshot), rows: 1);
    }

    /// <summary>A bucket, of a frame and of a REST answer alike.</summary>
    public static Utf8Text Write(Utf8Text text, Candle candle, SymbolSpec symbol, Naming names)
    {
        var open = DateTimeOffset.FromUnixTimeMilliseconds(candle.OpenTimeMs);
        return text.Next(names, "candle_date_time_utc", "cdttmu").Quoted(Time(open))
            .Next(names, "candle_date_time_kst", "cdttmk").Quoted(Time(open.AddHours(9)))
            .Next(names, "opening_price", "op").Decimals(candle.Open, symbol.PriceScale, 8)
            .Next(names, "high_price", "hp").Decimals(candle.High, symbol.PriceScale, 8)
            .Next(names, "low_price", "lp").Decimals(candle.Low, symbol.PriceScale, 8)
            .Next(names, "trade_price", "tp").Decimals(candle.Close, symbol.PriceScale, 8)
            .Next(names, "candle_acc_trade_volume", "catv").Java(candle.Volume, SymbolSpec.AmountScale);
    }

    static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}
