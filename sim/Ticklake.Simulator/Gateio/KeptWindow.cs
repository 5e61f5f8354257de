using Ticklake.Simulator.Market;

namespace Ticklake.Simulator.Gateio;

/// <summary>
/// What changes within the best levels of a book, interval by interval and for all subscribers alike: levels that were
/// touched, and levels that came back into the window. Those that leave it are not deleted: a client forgets them.
/// Used with the timeline's gate held.
/// </summary>
sealed class KeptWindow
{
    readonly ScriptedMarket _market;
    readonly int _depth;
    readonly HashSet<(bool IsBid, long Price)> _touched = [];
    long _bidEdge;
    long _askEdge;
    long _first;

    public KeptWindow(ScriptedMarket market, Timeline timeline, int depth, TimeSpan interval)
    {
        (_market, _depth) = (market, depth);
        (_bidEdge, _askEdge) = (Edge(market.Bids), Edge(market.Asks));
        market.Stepped += OnStep;
        timeline.Every(interval, Flush);
    }

    /// <summary>An update is ready; its levels are valid during the notification.</summary>
    public event Action<DepthDifference>? Ready;

    void OnStep(MarketStep step)
    {
        if (step.Levels.Count == 0)
            return;
        if (_first == 0)
            _first = step.FirstUpdateId;
        foreach (var level in step.Levels)
            _touched.Add((level.IsBid, level.Price));
        // The narrowest window of the interval: a book fetched at that moment holds nothing beyond it.
        _bidEdge = Math.Max(_bidEdge, Edge(_market.Bids));
        _askEdge = Math.Min(_askEdge, Edge(_market.Asks));
    }

    bool Flush()
    {
        if (_first == 0)
            return true;
        var update = new DepthDifference(
            _first, _market.LastUpdateId, Changes(_market.Bids, _bidEdge), Changes(_market.Asks, _askEdge));
        _touched.Clear();
        (_first, _bidEdge, _askEdge) = (0, Edge(_market.Bids), Edge(_market.Asks));
        Ready?.Invoke(update);
        return true;
    }

    List<KeyValuePair<long, long>> Changes(BookSide side, long narrowest) =>
    [
        .. side.Levels.Take(_depth).Where(level => _touched.Contains((side.IsBid, level.Price))
                || side.IsBetter(narrowest, level.Price)).Select(level => KeyValuePair.Create(level.Price, level.Amount)),
        .. _touched.Where(level => level.IsBid == side.IsBid && side.AmountAt(level.Price) == 0)
            .Select(level => KeyValuePair.Create(level.Price, 0L)),
    ];

    /// <summary>The price of the window's last level, or one beyond all where it is not full.</summary>
    long Edge(BookSide side) => side.Levels.Count >= _depth ? side.Levels[_depth - 1].Price
        : side.IsBid ? 0 : long.MaxValue;
}
