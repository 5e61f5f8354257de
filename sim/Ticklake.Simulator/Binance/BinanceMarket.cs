using Ticklake.Simulator.Market;

namespace Ticklake.Simulator.Binance;

/// <summary>A symbol's market with what only Binance makes of it: depth differences and aggregate trades.</summary>
sealed class BinanceMarket
{
    /// <summary>Update id from which every load test counts.</summary>
    public const long LoadStart = 50_000_000_000;

    const int RememberedAggregates = 2_000;
    const int LoadDepth = 100;

    readonly List<AggregateTrade> _aggregates = [];
    long _nextAggregate = 3_400_000_000;

    public BinanceMarket(ScriptedMarket market, Timeline timeline)
    {
        Market = market;
        LoadBook = new(market.Symbol, LoadDepth);
        Depth100 = new(market, timeline, TimeSpan.FromMilliseconds(100));
        Depth1000 = new(market, timeline, TimeSpan.FromSeconds(1));
        Aggregate(market.Trades);
        market.Stepped += OnStep;
    }

    public ScriptedMarket Market { get; }

    /// <summary>The book of load tests.</summary>
    public FormulaBook LoadBook { get; }

    public string Symbol => Market.Symbol.Symbol;

    public DepthGrid Depth100 { get; }

    public DepthGrid Depth1000 { get; }

    /// <summary>The latest aggregate trades, oldest first.</summary>
    public IReadOnlyList<AggregateTrade> Aggregates => _aggregates;

    /// <summary>A taker order is done: its aggregates.</summary>
    public event Action<IReadOnlyList<AggregateTrade>>? Aggregated;

    void OnStep(MarketStep step)
    {
        if (step.Trades.Count > 0)
            Aggregated?.Invoke(Aggregate(step.Trades));
    }

    List<AggregateTrade> Aggregate(IReadOnlyList<MarketTrade> trades)
    {
        var fresh = new List<AggregateTrade>();
        foreach (var trade in trades)
        {
            if (fresh.Count > 0 && fresh[^1].Takes(trade))
                fresh[^1] = fresh[^1].With(trade);
            else
                fresh.Add(AggregateTrade.Of(_nextAggregate++, trade));
        }

        _aggregates.AddRange(fresh);
        if (_aggregates.Count > RememberedAggregates * 2)
            _aggregates.RemoveRange(0, RememberedAggregates);
        return fresh;
    }
}
