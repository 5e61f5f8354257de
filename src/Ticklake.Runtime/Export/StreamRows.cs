using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Export;

/// <summary>
/// The rows of one stream out of its segments, in the order they were derived in: within a journal file by its lines, else by
/// their receive times. Rows of one frame stay together. One thread.
/// </summary>
sealed class StreamRows : IDisposable
{
    // A session that took over may have received a message this much earlier than the one before it.
    const long OverlapUs = 5_000_000;

    readonly string _lake;
    readonly IReadOnlyList<string> _columns;
    readonly Queue<CatalogEntry> _pending;
    readonly List<SegmentCursor> _open = [];
    readonly Action<int>? _opened;
    SegmentCursor? _current;
    int _count;

    /// <param name="lake">The data folder.</param>
    /// <param name="segments">Those of the stream whose files are there.</param>
    /// <param name="columns">Columns wanted beside the common ones.</param>
    /// <param name="opened">Is told the number of each segment that is opened.</param>
    public StreamRows(
        string lake, IEnumerable<CatalogEntry> segments, IReadOnlyList<string> columns, Action<int>? opened = null)
    {
        _lake = lake;
        _columns = columns;
        _pending = new Queue<CatalogEntry>(segments.OrderBy(s => s.Manifest.FirstRecvUs).ThenBy(s => s.Path, StringComparer.Ordinal));
        _opened = opened;
    }

    /// <summary>Stands at the present row.</summary>
    public SegmentCursor Current => _current!;

    public bool MoveNext()
    {
        if (_current is { } current)
        {
            var (file, line) = (current.SourceFile, current.Line);
            if (!current.MoveNext())
                Close(current);
            else if (current.Line == line && current.SourceFile == file)
                return true;
        }

        while (_pending.TryPeek(out var next) && (_open.Count == 0 || next.Manifest.FirstRecvUs <= _open.Min(c => c.RecvUs)))
            Open(_pending.Dequeue());
        _current = _open.Count > 0 ? _open.Aggregate((best, other) => IsBefore(other, best) ? other : best) : null;
        return _current is not null;
    }

    public void Dispose()
    {
        foreach (var cursor in _open)
            cursor.Dispose();
        _open.Clear();
    }

    void Open(CatalogEntry entry)
    {
        var cursor = new SegmentCursor(Path.Combine(_lake, entry.FilePath), entry, _columns);
        _open.Add(cursor);
        _opened?.Invoke(++_count);
        if (!cursor.MoveNext())
            Close(cursor);
    }

    void Close(SegmentCursor cursor)
    {
        _open.Remove(cursor);
        cursor.Dispose();
    }

    static bool IsBefore(SegmentCursor one, SegmentCursor other) => one.SourceFile == other.SourceFile
        ? one.Line < other.Line
        : one.RecvUs + OverlapUs < other.RecvUs;
}
