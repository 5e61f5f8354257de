namespace Ticklake.Simulator.Market;

/// <summary>All candle series of one symbol.</summary>
sealed class CandleBoard(SymbolSpec symbol, MarketPace pace, long startUs)
{
    readonly CandleSeries[] _series =
        [.. pace.Timeframes.Select(t => new CandleSeries(symbol, t, pace, startUs / 1000))];

    public CandleSeries? Find(string timeframe) => Array.Find(_series, s => s.Timeframe.Name == timeframe);

    public void Add(in MarketTrade trade)
    {
        foreach (var series in _series)
            series.Add(trade);
    }
}
