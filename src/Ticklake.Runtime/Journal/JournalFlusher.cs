using System.Collections.Concurrent;

namespace Ticklake.Runtime.Journal;

/// <summary>
/// Compresses and writes the blocks of every session: one thread writes, one forces files to the disk (so that a slow
/// sync does not delay the hand-over to the operating system). Sessions call it only through their <see
/// cref="JournalWriter"/>.
/// </summary>
public sealed class JournalFlusher : IAsyncDisposable
{
    // The open block is looked at this often: with HandOverAge it keeps a line's way to the operating system under 100
    // ms.
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    const int PooledBlocks = 64;

    readonly TimeProvider _clock;
    readonly ConcurrentQueue<JournalBlock> _pool = new();
    readonly AutoResetEvent _wake = new(false);
    readonly AutoResetEvent _syncWake = new(false);
    readonly Lock _lock = new();
    readonly TaskCompletionSource _writingEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _syncingEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ITimer? _timer;
    readonly bool _isSynchronous;
    volatile JournalHandOver[] _sessions = [];
    volatile bool _isStopping;
    volatile JournalFault? _fault;
    long _backlog;

    public JournalFlusher(TimeProvider clock, JournalOptions? options = null)
        : this(clock, options, isSynchronous: false)
    {
    }

    JournalFlusher(TimeProvider clock, JournalOptions? options, bool isSynchronous)
    {
        _clock = clock;
        Options = options ?? new JournalOptions();
        Encoder = new JournalBlockEncoder(Options.CompressionLevel);
        _isSynchronous = isSynchronous;
        if (isSynchronous)
            return;
        new Thread(WriteLoop) { IsBackground = true, Name = "journal write" }.Start();
        new Thread(SyncLoop) { IsBackground = true, Name = "journal sync" }.Start();
        _timer = clock.CreateTimer(_ => _wake.Set(), null, Tick, Tick);
    }

    /// <summary>
    /// One without threads: blocks are written by the thread that fills them, at the same places every time. For
    /// imports.
    /// </summary>
    public static JournalFlusher Synchronous(TimeProvider clock, JournalOptions? options = null) =>
        new(clock, options, isSynchronous: true);

    /// <summary>Called on a journal thread when the disk begins to refuse blocks.</summary>
    public event Action<JournalFault>? Faulted;

    /// <summary>Called on a journal thread when the disk takes blocks again.</summary>
    public event Action? Recovered;

    public JournalOptions Options { get; }

    /// <summary>What the disk's last refusal was, or null while it takes what it is given.</summary>
    public JournalFault? Fault => _fault;

    /// <summary>Bytes that wait for the disk.</summary>
    public long BacklogBytes => Volatile.Read(ref _backlog);

    internal JournalBlockEncoder Encoder { get; }

    internal long Now => _clock.GetTimestamp();

    internal bool IsOlder(long since, long now, TimeSpan age) => _clock.GetElapsedTime(since, now) >= age;

    internal long After(long now, TimeSpan span) => now + (long)(span.TotalSeconds * _clock.TimestampFrequency);

    internal JournalBlock Rent(JournalFile file, long firstLine, long number, int capacity)
    {
        if (!_pool.TryDequeue(out var block))
            block = new JournalBlock(Math.Max(capacity, Options.BlockBytes));
        block.Begin(file, firstLine, number, Now, capacity);
        return block;
    }

    internal void Return(JournalBlock block)
    {
        block.Release();
        // A block grown by a huge frame is left to the collector.
        if (block.Buffer.Length <= 4 * Options.BlockBytes && _pool.Count < PooledBlocks)
            _pool.Enqueue(block);
    }

    internal void AddBacklog(long bytes) => Interlocked.Add(ref _backlog, bytes);

    internal void Add(JournalHandOver session)
    {
        lock (_lock)
            _sessions = [.. _sessions, session];
    }

    internal void Remove(JournalHandOver session)
    {
        lock (_lock)
            _sessions = Array.FindAll(_sessions, x => x != session);
    }

    internal void BlockIsFull(JournalHandOver session)
    {
        if (_isSynchronous)
            session.Write(Now);
        else
            _wake.Set();
    }

    internal void BarrierIsSet(JournalHandOver session)
    {
        if (!_isSynchronous)
        {
            _wake.Set();
            return;
        }

        session.Write(Now);
        session.Sync();
    }

    internal void SyncIsDue() => _syncWake.Set();

    /// <summary>Journal threads: a refusal, or null when it is over.</summary>
    internal void Report(JournalFault? fault)
    {
        _fault = fault;
        if (fault is null)
            Recovered?.Invoke();
        else
            Faulted?.Invoke(fault);
    }

    void WriteLoop()
    {
        while (!_isStopping)
        {
            var isUrgent = false;
            foreach (var session in _sessions)
                isUrgent |= session.Write(Now);
            // Urgent: a barrier waits for a block that its session was just appending to.
            if (isUrgent)
                _wake.WaitOne(1);
            else
                _wake.WaitOne();
        }

        _writingEnded.TrySetResult();
    }

    void SyncLoop()
    {
        while (!_isStopping)
        {
            foreach (var session in _sessions)
                session.Sync();
            _syncWake.WaitOne();
        }

        _syncingEnded.TrySetResult();
    }

    /// <summary>Stops the threads. Close every writer first.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isStopping)
            return;
        _isStopping = true;
        if (_timer is not null)
        {
            await _timer.DisposeAsync().ConfigureAwait(false);
            _wake.Set();
            _syncWake.Set();
            await Task.WhenAll(_writingEnded.Task, _syncingEnded.Task).ConfigureAwait(false);
        }

        Encoder.Dispose();
        _wake.Dispose();
        _syncWake.Dispose();
    }
}
