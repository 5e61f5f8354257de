using Ticklake.Core.Events;

namespace Ticklake.Runtime.Pipeline;

/// <summary>Book updates that wait for the snapshot they follow, bounded. Session thread only.</summary>
sealed class PendingUpdates
{
    // A snapshot that does not come for so many updates is not coming: the oldest are given up (they are recorded anyway)
    // and the next snapshot, being newer, joins what is left.
    const int MostLevels = 200_000;

    readonly Queue<(UpdateIds Ids, int Levels)> _updates = new();
    readonly Queue<BookLevel> _levels = new();
    BookLevel[] _scratch = new BookLevel[64];

    long _last = EventStamp.None;

    /// <summary>Nothing waits that is not recorded already.</summary>
    public bool HoldsOnlyRepeats { get; private set; } = true;

    /// <summary>The last update that was given up, or null.</summary>
    public UpdateIds? GivenUp { get; private set; }

    public void Keep(in UpdateIds ids, ReadOnlySpan<BookLevel> levels)
    {
        HoldsOnlyRepeats = false;
        Add(ids, levels);
    }

    /// <summary>Keeps an update whose rows are recorded, unless it repeats one that is kept.</summary>
    public void KeepRepeat(in UpdateIds ids, ReadOnlySpan<BookLevel> levels)
    {
        if (ids.Last > _last)
            Add(ids, levels);
    }

    void Add(in UpdateIds ids, ReadOnlySpan<BookLevel> levels)
    {
        _last = ids.Last;
        _updates.Enqueue((ids, levels.Length));
        foreach (ref readonly var level in levels)
            _levels.Enqueue(level);
        while (_levels.Count > MostLevels && _updates.TryDequeue(out var oldest))
        {
            GivenUp = oldest.Ids;
            for (var i = 0; i < oldest.Levels; i++)
                _levels.Dequeue();
        }
    }

    public bool TryPeek(out UpdateIds ids)
    {
        var isThere = _updates.TryPeek(out var update);
        ids = update.Ids;
        return isThere;
    }

    /// <summary>The oldest update; its levels are valid until the next call.</summary>
    public bool TryTake(out UpdateIds ids, out ReadOnlySpan<BookLevel> levels)
    {
        levels = default;
        ids = default;
        if (!_updates.TryDequeue(out var update))
            return false;
        HoldsOnlyRepeats |= _updates.Count == 0;
        ids = update.Ids;
        if (_scratch.Length < update.Levels)
            _scratch = new BookLevel[update.Levels];
        for (var i = 0; i < update.Levels; i++)
            _scratch[i] = _levels.Dequeue();
        levels = _scratch.AsSpan(0, update.Levels);
        return true;
    }

    public void Clear()
    {
        _updates.Clear();
        _levels.Clear();
        GivenUp = null;
        _last = EventStamp.None;
        HoldsOnlyRepeats = true;
    }
}
