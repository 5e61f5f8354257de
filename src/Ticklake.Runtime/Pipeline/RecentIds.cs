using Ticklake.Core.Events;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// The last ids of a stream whose ids are unique but not consecutive. A snapshot after a reconnect overlaps what was
/// recorded by at most the exchange's list (some 125 trades), so a window of <see cref="DefaultCapacity"/> is ample.
/// </summary>
public sealed class RecentIds(int capacity = RecentIds.DefaultCapacity)
{
    public const int DefaultCapacity = 4096;

    readonly HashSet<TradeId> _known = new(capacity + 1);
    readonly TradeId[] _ring = new TradeId[capacity];
    int _next;
    int _count;

    public bool Contains(TradeId id) => _known.Contains(id);

    /// <summary>Remembers an id; false if it is known already.</summary>
    public bool Add(TradeId id)
    {
        if (!_known.Add(id))
            return false;
        if (_count == capacity)
            _known.Remove(_ring[_next]);
        else
            _count++;
        _ring[_next] = id;
        _next = (_next + 1) % capacity;
        return true;
    }

    /// <summary>The ids, oldest first.</summary>
    public IEnumerable<TradeId> All()
    {
        for (var i = 0; i < _count; i++)
            yield return _ring[(_next - _count + i + capacity) % capacity];
    }
}
