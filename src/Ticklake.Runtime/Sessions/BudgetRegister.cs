using Microsoft.Extensions.Logging;
using Ticklake.Runtime.Telemetry;

namespace Ticklake.Runtime.Sessions;

/// <summary>
/// All budgets of a recorder, by what is counted and the address it is counted for, and their file: a recorder that is
/// started again and again must not spend a limit anew each time. Any thread.
/// </summary>
public sealed class BudgetRegister : IAsyncDisposable
{
    // A share is not given before the file says so; but a disk that is stuck must not keep the recorder from connecting.
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    readonly Lock _gate = new();
    readonly SemaphoreSlim _writing = new(1, 1);
    readonly Dictionary<BudgetName, RateBudget> _budgets = [];
    readonly Dictionary<BudgetName, RateRecord> _inherited;
    readonly BudgetFile _file;
    readonly TimeProvider _clock;
    readonly ILogger _log;
    readonly long _readAt;
    long _changes;
    long _kept;
    bool _isFaulted;
    string _blocked = "";

    /// <param name="dataDirectory">The lake, which holds the file.</param>
    /// <param name="clock">Every time comes from here.</param>
    /// <param name="log">The recorder's log.</param>
    public BudgetRegister(string dataDirectory, TimeProvider clock, ILogger log)
    {
        _file = new BudgetFile(Path.Combine(dataDirectory, BudgetFile.Name));
        _clock = clock;
        _log = log;
        _readAt = clock.GetTimestamp();
        _inherited = _file.Read(clock.GetUtcNow(), out var fault);
        if (fault is not null)
            LogMessages.BudgetsUnreadable(log, _file.Path, fault);
    }

    /// <summary>The budget of this name, one for all who ask; what an earlier process spent of it counts.</summary>
    /// <param name="name">What is counted, and for which address.</param>
    /// <param name="limit">Its limit, if it is asked for the first time.</param>
    public RateBudget Of(BudgetName name, RateLimit limit)
    {
        lock (_gate)
        {
            if (_budgets.TryGetValue(name, out var known))
                return known;
            var budget = new RateBudget(limit, _clock) { Keep = KeepAsync };
            if (_inherited.Remove(name, out var record))
            {
                budget.TakeOver(Aged(record));
                if (budget.Blocked > TimeSpan.Zero)
                    LogMessages.StillBlocked(_log, name.ToString(), budget.Blocked);
            }

            _budgets.Add(name, budget);
            return budget;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        if (_budgets.Count > 0)
            Write(isDurable: true);
        lock (_gate)
        {
            foreach (var budget in _budgets.Values)
                budget.Dispose();
        }

        _writing.Dispose();
    }

    // Returns when the file holds what is known now, or when waiting for it is no longer worth it.
    async Task KeepAsync()
    {
        var mine = Interlocked.Increment(ref _changes);
        try
        {
            await Task.Run(() => WriteAsync(mine)).WaitAsync(Patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It will be written as soon as the disk takes it.
        }
    }

    // Those who come while another writes are all served by the next write.
    async Task WriteAsync(long change)
    {
        try
        {
            await _writing.WaitAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        try
        {
            if (_kept >= change)
                return;
            var upTo = Volatile.Read(ref _changes);
            Write(isDurable: false);
            _kept = upTo;
        }
        finally
        {
            _writing.Release();
        }
    }

    void Write(bool isDurable)
    {
        Dictionary<BudgetName, RateRecord> records;
        lock (_gate)
        {
            records = _budgets.ToDictionary(b => b.Key, b => b.Value.Record());
            // What nobody has asked for in this run may be asked for in the next.
            foreach (var (name, record) in _inherited)
                records.Add(name, Aged(record));
        }

        // A ban of days is worth waiting for the disk; what was spent in the last minute is not.
        var blocked = string.Join(' ', records.Where(r => r.Value.Blocked > TimeSpan.Zero).Select(r => r.Key));
        var fault = _file.Write(records, _clock.GetUtcNow(), isDurable || blocked != _blocked);
        _blocked = blocked;
        if (fault is not null && !_isFaulted)
            LogMessages.BudgetsNotKept(_log, _file.Path, fault);
        _isFaulted = fault is not null;
    }

    RateRecord Aged(RateRecord record)
    {
        var since = _clock.GetElapsedTime(_readAt);
        return new RateRecord(
            record.Blocked > since ? record.Blocked - since : TimeSpan.Zero,
            0,
            [.. record.Spent.Select(s => (s.Age + since, s.Weight)), .. record.Open > 0 ? [(since, record.Open)] : Array.Empty<(TimeSpan, int)>()]);
    }
}
