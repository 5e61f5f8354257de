namespace Ticklake.Runtime.Pipeline;

/// <summary>Ranges of ids that a stream has skipped, to tell a late message from a repeated one.</summary>
sealed class MissingIds
{
    // Enough to recognise any late message that is still of interest; older holes are forgotten, not lost (they are declared).
    const int RememberedHoles = 64;

    readonly List<(long From, long To)> _holes = [];

    public void Clear() => _holes.Clear();

    public void Add(long from, long to)
    {
        // Holes that were filled in their middle are two.
        while (_holes.Count >= RememberedHoles)
            _holes.RemoveAt(0);
        _holes.Add((from, to));
    }

    /// <summary>Ids beyond this one are not missing.</summary>
    public void EndAt(long last)
    {
        _holes.RemoveAll(hole => hole.From > last);
        for (var i = 0; i < _holes.Count; i++)
            _holes[i] = (_holes[i].From, Math.Min(_holes[i].To, last));
    }

    /// <summary>Whether ids of this range were missing; they are no more.</summary>
    public bool Take(long first, long last)
    {
        for (var i = 0; i < _holes.Count; i++)
        {
            var (from, to) = _holes[i];
            if (last < from || first > to)
                continue;
            _holes.RemoveAt(i);
            if (last < to)
                _holes.Insert(i, (last + 1, to));
            if (first > from)
                _holes.Insert(i, (from, first - 1));
            return true;
        }

        return false;
    }
}
