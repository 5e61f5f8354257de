using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Bybit;

/// <summary>What changed of a book within an interval; amount 0 = gone or out of the window.</summary>
sealed record BybitDifference(
    long UpdateId,
    long Sequence,
    IReadOnlyList<KeyValuePair<long, long>> Bids,
    IReadOnlyList<KeyValuePair<long, long>> Asks);

/// <summary>
/// The best levels of a market as one depth publishes them: the same messages to every subscriber, numbered by one
/// counter (bybit.md section 4.1). What leaves the window is deleted, as every recording shows. Used with the
/// timeline's gate held.
/// </summary>
sealed class BybitDepth
{
    readonly ScriptedMarket _market;
    List<KeyValuePair<long, long>> _bids = [];
    List<KeyValuePair<long, long>> _asks = [];

    public BybitDepth(ScriptedMarket market, Timeline timeline, int levels, TimeSpan interval)
    {
        _market = market;
        Levels = levels;
        UpdateId = 30_000_000 + (levels * 1000) + (market.LastUpdateId % 1000);
        timeline.Every(interval, () =>
        {
            if (Changed is not null && Move() is { } difference)
                Changed.Invoke(difference);
            return true;
        });
    }

    public event Action<BybitDifference>? Changed;

    /// <summary>The service was restarted: everyone is sent the whole book under id 1.</summary>
    public event Action? Restarted;

    public int Levels { get; }

    public long UpdateId { get; private set; }

    /// <summary>Orders messages over all depths of the symbol.</summary>
    public long Sequence { get; private set; }

    public IReadOnlyList<KeyValuePair<long, long>> Bids => _bids;

    public IReadOnlyList<KeyValuePair<long, long>> Asks => _asks;

    /// <summary>Call before a subscriber is sent the whole book: without any, nobody keeps it up to date.</summary>
    public void Prepare()
    {
        if (Changed is null)
            Move();
    }

    public void Skip(int count) => UpdateId += count;

    public void Restart()
    {
        UpdateId = 1;
        Restarted?.Invoke();
    }

    public BookSnapshot Snapshot() => new(UpdateId, Rows(_bids), Rows(_asks));

    List<BookRow> Rows(List<KeyValuePair<long, long>> side) =>
        [.. side.Select(l => new BookRow(_market.PriceOf(l.Key), ScriptedMarket.AmountOf(l.Value), 1))];

    BybitDifference? Move()
    {
        if (_market.LastUpdateId == Sequence)
            return null;
        Sequence = _market.LastUpdateId;
        var bids = Difference(ref _bids, _market.Bids);
        var asks = Difference(ref _asks, _market.Asks);
        return bids.Count + asks.Count == 0 ? null : new BybitDifference(++UpdateId, Sequence, bids, asks);
    }

    List<KeyValuePair<long, long>> Difference(ref List<KeyValuePair<long, long>> window, BookSide side)
    {
        List<KeyValuePair<long, long>> now = [.. side.Top(Levels)];
        var kept = now.Select(l => l.Key).ToHashSet();
        var known = window.ToDictionary(l => l.Key, l => l.Value);
        List<KeyValuePair<long, long>> changes =
        [
            .. now.Where(l => known.GetValueOrDefault(l.Key) != l.Value),
            .. window.Where(l => !kept.Contains(l.Key)).Select(l => KeyValuePair.Create(l.Key, 0L)),
        ];
        window = now;
        return changes;
    }
}
