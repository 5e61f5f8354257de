using Ticklake.Core.Events;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// The last ids of a stream whose ids are unique but not consecutive. A snapshot after a reconnect overlaps what was
/// recorded by at most the exchange's list (some 125 trades), so a window of <see cref="DefaultCapacity"/> is ample.
/// </summary>
public sealed class RecentIds(int capacity = RecentIds.DefaultCapacity)
{
    public const int DefaultCapacity = 4096;

    // Most streams never fill the window: it grows as ids come.
    readonly HashSet<TradeId> _known = [];
    readonly List<TradeId> _ring = [];
    int _oldest;

    public bool Contains(TradeId id) => _known.Contains(id);

    /// <summary>Remembers an id; false if it is known already.</summary>
    public bool Add(TradeId id)
    {
        if (!_known.Add(id))
            return false;
        if (_ring.Count < capacity)
        {
            _ring.Add(id);
            return true;
        }

        _known.Remove(_ring[_oldest]);
        _ring[_oldest] = id;
        _oldest = (_oldest + 1) % capacity;
        return true;
    }

    /// <summary>The ids, oldest first.</summary>
    public IEnumerable<TradeId> All()
    {
        for (var i = 0; i < _ring.Count; i++)
            yield return _ring[(_oldest + i) % _ring.Count];
    }
}
