using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Ticklake.Core.Time;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Sessions;
using Ticklake.Runtime.Telemetry;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Recording;

/// <summary>
/// The one hand-off between threads: sessions put full batches in, one thread of its own feeds the segments, because it
/// compresses and waits for the disk, and the pool's threads read the sockets. A full queue turns a batch away at once, so a
/// slow disk never stalls a socket; its rows are made again from the journal.
/// </summary>
public sealed class StorePump : IBatchSink, IAsyncDisposable
{
    static readonly TimeSpan RowGroupAge = TimeSpan.FromSeconds(60);

    static readonly TimeSpan StatusInterval = TimeSpan.FromMilliseconds(500);

    // Rows of the period that has ended may still be on their way from a session.
    static readonly TimeSpan PeriodGrace = TimeSpan.FromSeconds(30);

    readonly BlockingCollection<StoreWork> _queue = [];
    readonly SegmentStore _store;
    readonly RowBatchPool _pool;
    readonly TimeProvider _clock;
    readonly ILogger _log;
    readonly long _mostQueuedRows;
    readonly ITimer _timer;
    readonly Task _consumer;
    long _queuedRows;
    long _deferred;
    volatile StoreStatus _status = StoreStatus.Empty;
    long _statusAt;
    bool _isFaulted;

    public StorePump(SegmentStore store, RowBatchPool pool, TimeProvider clock, ILogger log, long mostQueuedRows)
    {
        _mostQueuedRows = mostQueuedRows;
        _store = store;
        _pool = pool;
        _clock = clock;
        _log = log;
        _consumer = OwnThread.RunAsync("ticklake store", Consume);
        _timer = clock.CreateTimer(_ => TryAdd(StoreWork.Tick), null, RowGroupAge / 4, RowGroupAge / 4);
    }

    /// <summary>The store as of a moment ago.</summary>
    public StoreStatus Status => _status;

    public long QueuedRows => Volatile.Read(ref _queuedRows);

    /// <summary>Batches turned away and segments given up, ever.</summary>
    public long Deferred => Volatile.Read(ref _deferred);

    /// <summary>The sessions they belong to.</summary>
    public MissingRows Missing { get; } = new();

    /// <summary>There is plenty of room: a time for work that was put off.</summary>
    public bool IsCalm => QueuedRows <= _mostQueuedRows / 4;

    /// <summary>Runs on the store's thread after everything handed over so far is stored.</summary>
    public async Task<T> RunAsync<T>(Func<SegmentStore, ValueTask<T>> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!TryAdd(new StoreWork(null, Run)))
            throw new InvalidOperationException("The store is closed.");
        return await done.Task.ConfigureAwait(false);

        void Run()
        {
            try
            {
                var result = Wait(work(_store));
                Publish(isForced: true);
                done.TrySetResult(result);
            }
            catch (Exception e)
            {
                done.TrySetException(e);
            }
        }
    }

    public bool TryTake(RowBatch batch)
    {
        // Counted before it is handed over: afterwards the store may cut it or use it again.
        var rows = batch.Count;
        var isRoom = Interlocked.Add(ref _queuedRows, rows) <= _mostQueuedRows;
        if (!isRoom || !TryAdd(new StoreWork(batch, null)))
        {
            Interlocked.Add(ref _queuedRows, -rows);
            if (Interlocked.Increment(ref _deferred) == 1)
                LogMessages.StoreBehind(_log);
            if (batch.Count > 0)
                Missing.Add(batch.Header.SourceFile);
            _pool.Return(batch);
            return false;
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        _queue.CompleteAdding();
        await _consumer.ConfigureAwait(false);
        _queue.Dispose();
    }

    bool TryAdd(StoreWork work)
    {
        try
        {
            return _queue.TryAdd(work);
        }
        catch (InvalidOperationException)
        {
            // Closed, or disposed of: ObjectDisposedException is one of these.
            return false;
        }
    }

    void Consume()
    {
        foreach (var work in _queue.GetConsumingEnumerable())
        {
            if (work.Batch is { } batch)
                Store(batch);
            else if (work.Action is { } action)
                action();
            else
                LookAfter();
            Publish(isForced: work.Batch is null);
        }
    }

    void Publish(bool isForced)
    {
        if (!isForced && _clock.GetElapsedTime(_statusAt) < StatusInterval)
            return;
        _statusAt = _clock.GetTimestamp();
        var open = _store.Open;
        _status = new StoreStatus(open.Count, open.Sum(s => s.Rows), _store.SegmentsSealed, _store.RowsSealed);
    }

    // What the store waits for is done by the journal's threads; this one has nothing else to do meanwhile.
    static T Wait<T>(ValueTask<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : task.AsTask().GetAwaiter().GetResult();

    void Store(RowBatch batch)
    {
        Interlocked.Add(ref _queuedRows, -batch.Count);
        try
        {
            var append = _store.AppendAsync(batch);
            if (append.IsCompleted)
                append.GetAwaiter().GetResult();
            else
                append.AsTask().GetAwaiter().GetResult();
            _isFaulted = false;
        }
        catch (SegmentLostException e)
        {
            Report(e);
        }
    }

    // A quiet stream's rows do not wait in memory for ever, nor its segment for a row of the next day.
    void LookAfter()
    {
        foreach (var lost in _store.FlushRowGroups(RowGroupAge))
            Report(lost);
        var now = TimestampNs.Now(_clock) + -PeriodGrace;
        foreach (var lost in Wait(_store.SealEndedAsync(now.Microseconds)))
            Report(lost);
    }

    /// <summary>Any thread: a segment was given up.</summary>
    public void Report(SegmentLostException lost)
    {
        Missing.Add(lost);
        Interlocked.Increment(ref _deferred);
        if (!_isFaulted)
            LogMessages.StoreFaulted(_log, lost.Message);
        _isFaulted = true;
    }

    readonly record struct StoreWork(RowBatch? Batch, Action? Action)
    {
        public static StoreWork Tick => default;
    }
}

/// <summary>What the store holds, for display.</summary>
public sealed record StoreStatus(int OpenSegments, long OpenRows, long SealedSegments, long SealedRows)
{
    public static StoreStatus Empty { get; } = new(0, 0, 0, 0);
}
