using System.Collections.Concurrent;
using Ticklake.Runtime.Journal;

namespace Ticklake.Runtime.Recording;

/// <summary>
/// The journals being written, so that a segment can wait for its lines to be on the disk before it is sealed. Thread-safe.
/// </summary>
public sealed class LiveJournals
{
    readonly ConcurrentDictionary<string, JournalWriter> _writers = new();
    readonly ConcurrentDictionary<string, JournalFaultedException> _cutShort = new();

    public void Add(string connId, JournalWriter writer) => _writers[connId] = writer;

    public void Remove(string connId) => _writers.TryRemove(connId, out _);

    /// <summary>The session ended while the disk refused its last lines, which are dropped.</summary>
    public void RemoveCutShort(string connId, JournalFaultedException fault)
    {
        _cutShort[connId] = fault;
        Remove(connId);
    }

    /// <summary>
    /// Returns when the file is on the disk up to the line; a session that has ended is. Blocks, because what follows on the
    /// store's thread (sealing) must not go on in the thread pool.
    /// </summary>
    /// <exception cref="JournalFaultedException">The line is not, or not known to be: no row may outlive it.</exception>
    public ValueTask WaitForDisk(string sourceFile, long line)
    {
        // {journal}/{exchange}/{market}/{conn_id}/{file}
        var parts = sourceFile.Split('/');
        if (parts.Length >= 2 && _cutShort.TryGetValue(parts[^2], out var fault))
            throw new JournalFaultedException(fault.Fault);
        if (parts.Length >= 2 && _writers.TryGetValue(parts[^2], out var writer))
            writer.FlushAsync(toDisk: true).GetAwaiter().GetResult();
        return ValueTask.CompletedTask;
    }
}
