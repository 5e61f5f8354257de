namespace Ticklake.Simulator.Bitfinex;

/// <summary>
/// An entry of a book as one client has it: a price level (key = price) or an order of a raw book (key = order id).
/// Count 0 = the entry is to be deleted.
/// </summary>
readonly record struct WindowEntry(long Key, long Price, long Amount, int Count);

/// <summary>
/// One side of a client's book: the first <c>len</c> entries and nothing else. What leaves the window is deleted, what
/// enters it is sent like any update (bitfinex.md section 4.5).
/// </summary>
sealed class BookWindow
{
    readonly Dictionary<long, WindowEntry> _known = [];
    readonly HashSet<long> _wanted = [];

    /// <summary>What the client has, best first.</summary>
    public List<WindowEntry> Entries { get; } = [];

    /// <summary>
    /// Deletions, then changed and new entries, that bring the client from what it has to what it should.
    /// </summary>
    public void MoveTo(List<WindowEntry> target, List<WindowEntry> deletions, List<WindowEntry> changes)
    {
        _wanted.Clear();
        foreach (var entry in target)
            _wanted.Add(entry.Key);
        foreach (var entry in Entries)
        {
            if (!_wanted.Contains(entry.Key))
            {
                deletions.Add(entry with { Count = 0 });
                _known.Remove(entry.Key);
            }
        }

        foreach (var entry in target)
        {
            if (_known.TryGetValue(entry.Key, out var known) && known == entry)
                continue;
            changes.Add(entry);
            _known[entry.Key] = entry;
        }

        Entries.Clear();
        Entries.AddRange(target);
    }
}
