using Ticklake.Simulator.Binance;
using Ticklake.Simulator.Market;

namespace Ticklake.Simulator.BinanceFutures;

/// <summary>
/// A contract's market with what only futures make of it: update ids that jump, aggregates of 100 ms, fills of the insurance
/// fund, mark prices and liquidations. Used with the timeline's gate held.
/// </summary>
sealed class FuturesMarket
{
    const int RememberedAggregates = 2_000;

    // One id in so many is no trade of the market, one taker order in so many closes a position by force.
    const int InsuranceEvery = 40;
    const int LiquidationEvery = 3;

    static readonly long FundingInterval = (long)TimeSpan.FromHours(8).TotalMilliseconds;

    readonly Timeline _timeline;
    readonly List<AggregateTrade> _aggregates = [];
    readonly List<AggregateTrade> _open = [];
    readonly long _firstId;
    long _nextAggregate = 3_477_000_000;
    MarketTrade? _liquidated;

    public FuturesMarket(ScriptedMarket market, Timeline timeline)
    {
        Market = market;
        _timeline = timeline;
        _firstId = market.LastUpdateId;
        Depth100 = new(market, timeline, TimeSpan.FromMilliseconds(100));
        Depth250 = new(market, timeline, TimeSpan.FromMilliseconds(250));
        Depth500 = new(market, timeline, TimeSpan.FromMilliseconds(500));
        market.Stepped += OnStep;
        timeline.Every(TimeSpan.FromMilliseconds(100), FlushAggregates);
        timeline.Every(TimeSpan.FromSeconds(1), FlushLiquidation);
    }

    public ScriptedMarket Market { get; }

    public string Symbol => Market.Symbol.Symbol;

    /// <summary>What it is a future of: <c>BTCUSDT</c> of <c>BTCUSDT_261225</c>.</summary>
    public string Pair => Symbol.Split('_')[0];

    /// <summary>A dated contract has no funding.</summary>
    public bool IsDated => Symbol.Contains('_', StringComparison.Ordinal);

    public DepthGrid Depth100 { get; }

    public DepthGrid Depth250 { get; }

    public DepthGrid Depth500 { get; }

    /// <summary>The latest aggregate trades, oldest first.</summary>
    public IReadOnlyList<AggregateTrade> Aggregates => _aggregates;

    public event Action<IReadOnlyList<AggregateTrade>>? Aggregated;

    /// <summary>The latest liquidation of the second that is over.</summary>
    public event Action<MarketTrade>? Liquidated;

    /// <summary>The last trade's price and a little, in units of the price grid; it moves within a second too.</summary>
    public long MarkPrice => Market.Day.Last + (_timeline.NowMs / 1_000 % 3);

    public long NextFundingMs => IsDated ? 0 : ((_timeline.NowMs / FundingInterval) + 1) * FundingInterval;

    /// <summary>
    /// An update id as the exchange writes it: beyond 2^43, and far from the one before, for the counter is shared with
    /// other contracts (binance.md section B4).
    /// </summary>
    public long WireId(long updateId) => 11_757_000_000_000 + ((updateId - _firstId) * 137);

    public static bool IsOfInsuranceFund(in MarketTrade trade) => trade.Id % InsuranceEvery == 0;

    public void SkipAggregates(int count) => _nextAggregate += count;

    void OnStep(MarketStep step)
    {
        foreach (var trade in step.Trades)
        {
            if (IsOfInsuranceFund(trade))
                continue;
            if (_open.Count > 0 && _open[^1].Price == trade.Price && _open[^1].TakerBuys == trade.TakerBuys)
                _open[^1] = _open[^1].With(trade);
            else
                _open.Add(AggregateTrade.Of(0, trade));
            if (trade.TakerOrder % LiquidationEvery == 0)
                _liquidated = trade;
        }
    }

    bool FlushAggregates()
    {
        if (_open.Count == 0)
            return true;
        AggregateTrade[] ready = [.. _open.Select(a => a with { Id = _nextAggregate++ })];
        _open.Clear();
        _aggregates.AddRange(ready);
        if (_aggregates.Count > RememberedAggregates * 2)
            _aggregates.RemoveRange(0, RememberedAggregates);
        Aggregated?.Invoke(ready);
        return true;
    }

    bool FlushLiquidation()
    {
        if (_liquidated is { } trade)
            Liquidated?.Invoke(trade);
        _liquidated = null;
        return true;
    }
}
