using Ticklake.Core.Events;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// The last ids of a stream whose ids are unique but not consecutive. A snapshot after a reconnect overlaps what was
/// recorded by at most the exchange's list (some 125 trades), so a window of <see cref="DefaultCapacity"/> is ample.
/// </summary>
public sealed class RecentIds(int capacity = RecentIds.DefaultCapacity)
{
    public const int DefaultCapacity = 4096;

    // Both grow with the stream: a quiet one of a thousand must not hold room for the busiest.
    readonly HashSet<TradeId> _known = [];
    readonly Queue<TradeId> _oldestFirst = new();

    public bool Contains(TradeId id) => _known.Contains(id);

    /// <summary>Remembers an id; false if it is known already.</summary>
    public bool Add(TradeId id)
    {
        if (!_known.Add(id))
            return false;
        if (_oldestFirst.Count == capacity)
            _known.Remove(_oldestFirst.Dequeue());
        _oldestFirst.Enqueue(id);
        return true;
    }

    /// <summary>The ids, oldest first.</summary>
    public IEnumerable<TradeId> All() => _oldestFirst;
}
