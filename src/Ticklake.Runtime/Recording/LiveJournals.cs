using System.Collections.Concurrent;
using Ticklake.Runtime.Journal;

namespace Ticklake.Runtime.Recording;

/// <summary>
/// The journals being written, so that a segment can wait for its lines to be on the disk before it is sealed. Thread-safe.
/// </summary>
public sealed class LiveJournals
{
    readonly ConcurrentDictionary<string, JournalWriter> _writers = new();

    public void Add(string connId, JournalWriter writer) => _writers[connId] = writer;

    public void Remove(string connId) => _writers.TryRemove(connId, out _);

    /// <summary>Completes when the file is on the disk up to the line; a session that has ended is.</summary>
    public async ValueTask OnDiskAsync(string sourceFile, long line)
    {
        // {journal}/{exchange}/{market}/{conn_id}/{file}
        var parts = sourceFile.Split('/');
        if (parts.Length >= 2 && _writers.TryGetValue(parts[^2], out var writer))
            await writer.FlushAsync(toDisk: true).ConfigureAwait(false);
    }
}
