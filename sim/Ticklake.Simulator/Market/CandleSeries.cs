namespace Ticklake.Simulator.Market;

/// <summary>
/// The candles of one symbol and timeframe, oldest first: an invented past, then what the trades made.
/// </summary>
sealed class CandleSeries
{
    const int PastCandles = 60;
    const int RememberedCandles = 500;

    readonly List<Candle> _candles = [];
    readonly bool _fillsEmptyBuckets;

    public CandleSeries(SymbolSpec symbol, Timeframe timeframe, MarketPace pace, long startMs)
    {
        Timeframe = timeframe;
        _fillsEmptyBuckets = pace.FillsEmptyBuckets;
        var random = SeededRandom.For(pace.Seed, symbol.Symbol + ":" + timeframe.Name);
        var price = symbol.StartPrice;
        var bucket = timeframe.BucketOf(startMs - 120_000);
        for (var i = 0; i < PastCandles; i++)
        {
            bucket = timeframe.Previous(bucket);
            _candles.Insert(0, Invent(bucket, ref price, symbol, random));
        }
    }

    public Timeframe Timeframe { get; }

    public IReadOnlyList<Candle> Candles => _candles;

    public void Add(in MarketTrade trade)
    {
        Open(trade.TimeUs / 1000);
        _candles[^1].Add(trade);
    }

    /// <summary>Begins the bucket of this moment where empty buckets have candles too; true if it did.</summary>
    public bool Roll(long timeMs) => _fillsEmptyBuckets && Open(timeMs);

    bool Open(long timeMs)
    {
        var bucket = Timeframe.BucketOf(timeMs);
        if (_candles[^1].OpenTimeMs >= bucket)
            return false;
        if (_fillsEmptyBuckets)
        {
            for (var next = Timeframe.Next(_candles[^1].OpenTimeMs); next < bucket; next = Timeframe.Next(next))
                _candles.Add(new(next, _candles[^1].Close));
        }

        _candles.Add(new(bucket, _candles[^1].Close));
        if (_candles.Count > RememberedCandles * 2)
            _candles.RemoveRange(0, RememberedCandles);
        return true;
    }

    /// <summary>
    /// Walks backwards: the candle ends at <paramref name="price"/>, which becomes its opening price.
    /// </summary>
    static Candle Invent(long bucket, ref long price, SymbolSpec symbol, Random random)
    {
        var close = price;
        var reach = Math.Max(2, symbol.StartPrice / 400);
        var open = Math.Max(1, close + random.NextInt64(-reach, reach + 1));
        price = open;
        return new(bucket, open)
        {
            Close = close,
            High = Math.Max(open, close) + random.NextInt64(reach),
            Low = Math.Max(1, Math.Min(open, close) - random.NextInt64(reach)),
            Volume = random.NextInt64(symbol.TypicalAmount, symbol.TypicalAmount * 40),
        };
    }
}
