using Ticklake.Simulator.Market;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Bitfinex;

/// <summary>
/// Candles of one key: a snapshot newest first, then the running candle at most twice a second while it changes, and
/// sometimes the one before again after a new bucket began (bitfinex.md section 4.7).
/// </summary>
sealed class CandlesChannel(
    BitfinexConnection connection, int chanId, TruthStream stream, SymbolSpec symbol, CandleSeries series)
    : BitfinexChannel(connection, chanId, stream)
{
    const int SnapshotCandles = 50;

    long _sentTrade;
    long _sentBucket;

    protected override void Open()
    {
        var text = Begin().Raw("["u8);
        var latest = series.Candles.TakeLast(SnapshotCandles).Reverse().ToArray();
        for (var i = 0; i < latest.Length; i++)
            (i == 0 ? text : text.Raw(","u8)).Candle(symbol, latest[i]);
        (_sentTrade, _sentBucket) = (latest[0].LastTradeId, latest[0].OpenTimeMs);
        Send(FrameKind.Snapshot, text.Raw("]"u8), rows: latest.Length);
        Timeline.Every(TimeSpan.FromMilliseconds(500), () =>
        {
            if (IsLive)
                SendIfChanged();
            return IsLive;
        });
    }

    protected override void Cease()
    {
    }

    void SendIfChanged()
    {
        var candle = series.Candles[^1];
        if (candle.LastTradeId == _sentTrade && candle.OpenTimeMs == _sentBucket)
            return;
        var isNewBucket = candle.OpenTimeMs != _sentBucket;
        (_sentTrade, _sentBucket) = (candle.LastTradeId, candle.OpenTimeMs);
        SendOne(candle);
        if (isNewBucket && Connection.Random.Next(2) == 0)
            SendOne(series.Candles[^2]);
    }

    void SendOne(Candle candle) => Send(FrameKind.Update, Begin().Candle(symbol, candle), rows: 1);
}
