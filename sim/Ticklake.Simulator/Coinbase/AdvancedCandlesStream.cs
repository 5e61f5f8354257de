using System.Globalization;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Coinbase;

/// <summary>
/// <c>candles</c>: history of five-minute buckets, then the running one about once a second (coinbase.md 4.11).
/// </summary>
sealed class AdvancedCandlesStream(CoinbaseAdvancedConnection connection, TruthStream stream, CoinbaseMarket market)
    : AdvancedStream(connection, stream, "candles")
{
    readonly CandleSeries _series = market.Market.Candles.Find("5m")!;
    long _sentTrade;

    protected override void Open()
    {
        SendCandles(FrameKind.Snapshot, "snapshot", [.. _series.Candles]);
        Repeat(TimeSpan.FromSeconds(1), SendIfChanged);
    }

    void SendIfChanged()
    {
        var running = _series.Candles[^1];
        if (running.LastTradeId != _sentTrade)
            SendCandles(FrameKind.Update, "update", [running]);
    }

    void SendCandles(FrameKind kind, string type, IReadOnlyList<Candle> candles)
    {
        _sentTrade = candles[^1].LastTradeId;
        var symbol = market.Symbol;
        var text = Begin().Raw("{\"type\":"u8).Quoted(type).Key("candles").Raw("["u8);
        for (var i = 0; i < candles.Count; i++)
        {
            var candle = candles[i];
            text.Raw(i == 0 ? "{\"start\":"u8 : ",{\"start\":"u8)
                .Quoted((candle.OpenTimeMs / 1000).ToString(CultureInfo.InvariantCulture))
                .PriceMember("high", candle.High, symbol).PriceMember("low", candle.Low, symbol)
                .PriceMember("open", candle.Open, symbol).PriceMember("close", candle.Close, symbol)
                .AmountMember("volume", candle.Volume).Key("product_id").Quoted(symbol.Symbol).Raw("}"u8);
        }

        Send(kind, text.Raw("]}]"u8), candles.Count);
    }
}
