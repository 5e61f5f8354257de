namespace Ticklake.Simulator.Market;

/// <summary>
/// Folds a market's level changes into one difference per interval, on the interval's grid and for all subscribers
/// alike. Used with the timeline's gate held.
/// </summary>
sealed class DepthGrid
{
    readonly ScriptedMarket _market;
    readonly SortedDictionary<long, long> _bids = new(Comparer<long>.Create((a, b) => b.CompareTo(a)));
    readonly SortedDictionary<long, long> _asks = [];
    long _firstUpdateId;

    public DepthGrid(ScriptedMarket market, Timeline timeline, TimeSpan interval)
    {
        _market = market;
        market.Stepped += OnStep;
        timeline.Every(interval, Flush);
    }

    /// <summary>A difference is ready; its levels are valid during the notification.</summary>
    public event Action<DepthDifference>? Ready;

    void OnStep(MarketStep step)
    {
        if (step.Levels.Count == 0)
            return;
        if (_bids.Count + _asks.Count == 0)
            _firstUpdateId = step.FirstUpdateId;
        foreach (var level in step.Levels)
            (level.IsBid ? _bids : _asks)[level.Price] = level.Amount;
    }

    bool Flush()
    {
        if (_bids.Count + _asks.Count > 0)
        {
            var difference = new DepthDifference(_firstUpdateId, _market.LastUpdateId, [.. _bids], [.. _asks]);
            _bids.Clear();
            _asks.Clear();
            Ready?.Invoke(difference);
        }

        return true;
    }
}

/// <summary>Levels that changed within an interval: price to total, 0 = gone; best first.</summary>
sealed record DepthDifference(
    long FirstUpdateId,
    long LastUpdateId,
    IReadOnlyList<KeyValuePair<long, long>> Bids,
    IReadOnlyList<KeyValuePair<long, long>> Asks);
