using Ticklake.Simulator.Market;

namespace Ticklake.Simulator.Okx;

/// <summary>One side of the window: what clients have been sent, and how it differs from the market now.</summary>
sealed class OkxWindow(BookSide side)
{
    readonly Dictionary<long, BookLevel> _known = [];
    List<BookLevel> _levels = [];

    /// <summary>Best first.</summary>
    public IReadOnlyList<BookLevel> Levels => _levels;

    /// <summary>Takes the market's best levels over; what changed, best first, removed ones with amount and count 0.</summary>
    public List<BookLevel> Move()
    {
        var levels = side.Levels.Take(OkxDepth.Levels).ToList();
        var prices = levels.Select(l => l.Price).ToHashSet();
        var changes = _levels.Where(l => !prices.Contains(l.Price)).Select(l => new BookLevel(l.Price, 0, 0)).ToList();
        foreach (var gone in changes)
            _known.Remove(gone.Price);
        foreach (var level in levels)
        {
            if (_known.TryGetValue(level.Price, out var known) && known == level)
                continue;
            _known[level.Price] = level;
            changes.Add(level);
        }

        _levels = levels;
        changes.Sort((a, b) => side.IsBid ? b.Price.CompareTo(a.Price) : a.Price.CompareTo(b.Price));
        return changes;
    }
}
