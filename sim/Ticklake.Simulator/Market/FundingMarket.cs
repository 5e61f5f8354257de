namespace Ticklake.Simulator.Market;

/// <summary>One funding fill; the rate in 10^-10 per day, the amount in 10^-8, signed as Bitfinex does.</summary>
readonly record struct FundingTrade(long Id, long TimeUs, long Amount, long Rate, int PeriodDays);

/// <summary>
/// A funding currency of Bitfinex: daily rates so small that they are mostly written with an exponent, and fills now
/// and
/// then. Used with the timeline's gate held.
/// </summary>
sealed class FundingMarket
{
    public const int RateScale = 10;

    const int RememberedTrades = 500;
    const long TypicalRate = 6_500;

    readonly Timeline _timeline;
    readonly Random _random;
    readonly double _eventsPerSecond;
    readonly List<FundingTrade> _trades = [];
    long _nextId;
    long _atUs;

    public FundingMarket(string symbol, Timeline timeline, int seed, double eventsPerSecond)
    {
        Symbol = symbol;
        _timeline = timeline;
        _random = SeededRandom.For(seed, symbol);
        _eventsPerSecond = eventsPerSecond / 5;
        _nextId = 320_000_000 + (long)(SeededRandom.Hash(symbol) % 1_000_000);
        _atUs = timeline.StartUs;
        for (var i = 40; i > 0; i--)
            Step(timeline.StartUs - (i * 1_000_000L));
        ScheduleNext();
    }

    public event Action<FundingTrade>? Traded;

    public string Symbol { get; }

    public IReadOnlyList<FundingTrade> Trades => _trades;

    /// <summary>The flash return rate, lowest, highest and latest rate, in 10^-10 per day.</summary>
    public long Rate { get; private set; } = TypicalRate;

    public long High { get; private set; } = TypicalRate;

    public long Low { get; private set; } = TypicalRate;

    public long Volume { get; private set; } = 4_000_000_00000000;

    public long Change => Rate - TypicalRate;

    void ScheduleNext()
    {
        if (_eventsPerSecond <= 0)
            return;
        _atUs += _random.WaitUs(_eventsPerSecond);
        _timeline.At(_atUs, () =>
        {
            Step(_atUs);
            ScheduleNext();
        });
    }

    void Step(long timeUs)
    {
        Rate = Math.Max(10, Rate + (long)(_random.Gaussian() * 60) + ((TypicalRate - Rate) / 50));
        (High, Low) = (Math.Max(High, Rate), Math.Min(Low, Rate));
        var amount = _random.NextInt64(150_00000000, 9_000_00000000) / 1000 * 1000;
        Volume += amount;
        var period = _random.Next(3) == 0 ? _random.Next(3, 121) : 2;
        var trade = new FundingTrade(_nextId++, timeUs, _random.Next(2) == 0 ? amount : -amount, Rate, period);
        _trades.Add(trade);
        if (_trades.Count > RememberedTrades * 2)
            _trades.RemoveRange(0, RememberedTrades);
        Traded?.Invoke(trade);
    }
}
