using System.Collections.Concurrent;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Recording;

/// <summary>
/// Sessions, by their journal folder, of which rows were turned away or given up: they must be made again from the journal
/// before the session counts as finished. Thread-safe.
/// </summary>
public sealed class MissingRows
{
    readonly ConcurrentDictionary<string, byte> _folders = new();

    public bool IsEmpty => _folders.IsEmpty;

    public void Add(string sourceFile) => _folders[SessionFolders.Of(sourceFile)] = 0;

    public void Add(SegmentLostException lost)
    {
        foreach (var range in lost.Lost)
            Add(range.File);
    }

    public bool Of(string folder) => _folders.ContainsKey(folder);

    /// <summary>They are sealed now; the session must have ended.</summary>
    public void Remove(string folder) => _folders.TryRemove(folder, out _);
}
