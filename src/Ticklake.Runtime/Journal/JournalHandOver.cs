using System.Collections.Concurrent;

namespace Ticklake.Runtime.Journal;

/// <summary>
/// Where one session's blocks pass from its own thread to the flusher's threads. The open block lies in a slot: whoever
/// exchanges it out owns it. Full blocks go through a queue. Blocks are numbered, and written in that order.
/// </summary>
sealed class JournalHandOver(JournalFlusher flusher)
{
    // Session's thread and writing thread.
    readonly ConcurrentQueue<JournalBlock> _full = new();
    readonly JournalBarriers _barriers = new();
    JournalBlock? _slot;
    long _appended;
    volatile bool _isClosing;
    volatile bool _isAbandoned;

    // Writing thread.
    readonly Queue<JournalBlock> _ready = new();
    bool _hasFault;
    long _retryAt;
    long _syncAskedAt;

    // Writing thread and syncing thread.
    readonly ConcurrentQueue<JournalFile> _finished = new();
    readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile JournalFile? _current;
    long _written;
    long _synced;
    volatile bool _isDrained;
    volatile bool _syncDue;

    /// <summary>Completes when the last file is closed.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Session's thread: the open block, or null.</summary>
    public JournalBlock? Take() => Interlocked.Exchange(ref _slot, null);

    /// <summary>Session's thread: gives the block back with one more line.</summary>
    public void PutBack(JournalBlock block)
    {
        Volatile.Write(ref _slot, block);
        // After the block: a barrier that counts this line must find it.
        Volatile.Write(ref _appended, _appended + 1);
    }

    /// <summary>Session's thread: gives the block back as it was.</summary>
    public void PutBackUnchanged(JournalBlock block) => Volatile.Write(ref _slot, block);

    /// <summary>Session's thread: the block it holds has one more line, before it is given back.</summary>
    public void Count() => Volatile.Write(ref _appended, _appended + 1);

    /// <summary>Session's thread: the block is full.</summary>
    public void Submit(JournalBlock block)
    {
        flusher.AddBacklog(block.Buffer.Length);
        _full.Enqueue(block);
        flusher.BlockIsFull(this);
    }

    /// <summary>Session's thread: whatever was appended goes on its way.</summary>
    public void SubmitOpen()
    {
        if (Take() is { } block)
            Submit(block);
    }

    /// <summary>Any thread: completes when everything appended before is written, or is on the disk.</summary>
    public Task FlushAsync(bool toDisk)
    {
        if (_isDrained)
            return Closed;
        var done = _barriers.Add(Volatile.Read(ref _appended), toDisk);
        flusher.BarrierIsSet(this);
        return done;
    }

    /// <summary>Session's thread, last call. An abandoned session's unwritten blocks are dropped.</summary>
    public void Close(bool abandon)
    {
        _isAbandoned |= abandon;
        _isClosing = true;
        flusher.BarrierIsSet(this);
    }

    /// <summary>Writing thread: true where it wants to be called again at once.</summary>
    public bool Write(long now)
    {
        if (_isDrained)
            return false;
        Collect(now);
        if (!_hasFault || now >= _retryAt || _barriers.Any || _isAbandoned)
            WriteReady(now);
        if (!_hasFault)
            _barriers.Complete(_written, onDisk: false);
        if (_isClosing && (_isAbandoned || (_ready.Count == 0 && _full.IsEmpty && Volatile.Read(ref _slot) is null)))
            Drained();
        AskForSync(now);
        return !_hasFault && _barriers.WaitsBeyond(_written);
    }

    void Collect(long now)
    {
        var open = Volatile.Read(ref _slot);
        var isWanted = open is not null
            && (_isClosing || flusher.IsOlder(open.BegunAt, now, flusher.Options.HandOverAge)
                || _barriers.WaitsBeyond(_written));
        open = isWanted ? Interlocked.Exchange(ref _slot, null) : null;
        // The queue may already hold blocks that were begun after the open one was taken: they wait for the next pass.
        while (_full.TryPeek(out var full) && (open is null || full.Number < open.Number) && _full.TryDequeue(out full))
            _ready.Enqueue(full);
        if (open is null)
            return;
        flusher.AddBacklog(open.Buffer.Length);
        _ready.Enqueue(open);
    }

    void WriteReady(long now)
    {
        try
        {
            while (_ready.TryPeek(out var block))
            {
                Enter(block.File);
                block.File.Append(flusher.Encoder.Encode(block));
                Volatile.Write(ref _written, _written + block.Lines);
                Release(_ready.Dequeue());
            }

            if (_hasFault)
                flusher.Report(null);
            _hasFault = false;
        }
        catch (JournalFaultedException e)
        {
            if (!_hasFault)
                flusher.Report(e.Fault);
            _hasFault = true;
            _retryAt = flusher.After(now, flusher.Options.RetryInterval);
            _barriers.Fail(e);
        }
    }

    void Enter(JournalFile file)
    {
        if (ReferenceEquals(_current, file))
            return;
        // The finished file must be findable before its successor takes its place: see Sync.
        if (_current is { } finished)
            _finished.Enqueue(finished);
        _current = file;
    }

    void Drained()
    {
        while (_ready.TryDequeue(out var block) || _full.TryDequeue(out block))
            Release(block);
        if (_current is { } finished)
            _finished.Enqueue(finished);
        _current = null;
        _isDrained = true;
    }

    void Release(JournalBlock block)
    {
        flusher.AddBacklog(-block.Buffer.Length);
        flusher.Return(block);
    }

    void AskForSync(long now)
    {
        var isDue = _isDrained || !_finished.IsEmpty || _barriers.WaitsForDisk(_written)
            || (_written != Volatile.Read(ref _synced)
                && flusher.IsOlder(_syncAskedAt, now, flusher.Options.SyncInterval));
        if (!isDue || _syncDue)
            return;
        _syncAskedAt = now;
        _syncDue = true;
        flusher.SyncIsDue();
    }

    /// <summary>Syncing thread.</summary>
    public void Sync()
    {
        if (!_syncDue)
            return;
        _syncDue = false;
        var isLast = _isDrained;
        // In this order: lines counted in `written` are in the current file, or in one that was queued before it
        // changed.
        var written = Volatile.Read(ref _written);
        try
        {
            _current?.Sync();
            while (_finished.TryPeek(out var file))
            {
                file.Sync();
                file.Close();
                _finished.TryDequeue(out _);
            }

            Volatile.Write(ref _synced, written);
            _barriers.Complete(written, onDisk: true);
        }
        catch (JournalFaultedException e)
        {
            flusher.Report(e.Fault);
            _barriers.Fail(e);
        }

        if (!isLast)
            return;
        while (_finished.TryDequeue(out var file))
            file.Close();
        flusher.Remove(this);
        // Nobody is left to answer later ones.
        _barriers.Complete(long.MaxValue, onDisk: false);
        _barriers.Complete(long.MaxValue, onDisk: true);
        _closed.TrySetResult();
    }
}
