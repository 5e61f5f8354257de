using Microsoft.Extensions.Logging;
using Ticklake.Runtime.Sessions;
using Ticklake.Runtime.Telemetry;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Recording;

/// <summary>
/// While recording: notes ended sessions as finished as soon as no open segment holds rows of theirs, so that a restart after
/// weeks does not replay weeks, makes the rows that some lack, and drops journals that have served. Each round runs on a
/// thread of its own.
/// </summary>
sealed class SessionFinisher(
    SegmentSetting segments, StorePump pump, EndedSessions sessions, Func<Task<int>> sealAll, TimeProvider clock, ILogger log)
{
    static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(5);

    /// <summary>How long journals are kept; null for ever.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Works at every interval until it is stopped. What is left to do, the next start does.</summary>
    public async Task RunAsync(TimeSpan interval, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
                await OwnThread.RunAsync("ticklake finish", () => Round(stop)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The recorder stops.
        }
    }

    void Round(CancellationToken stop)
    {
        DropOldJournals();
        var ended = sessions.Waiting;
        if (ended.Count == 0)
            return;
        var open = pump.RunAsync(store => ValueTask.FromResult(store.OpenJournals)).GetAwaiter().GetResult();
        var folders = open.Select(SessionFolders.Of).ToHashSet();
        sessions.Complete(ended.Where(e => !folders.Contains(e.Folder) && !pump.Missing.Of(e.Folder)));
        if (!pump.Missing.IsEmpty && pump.IsCalm)
            CatchUp(stop);
    }

    void DropOldJournals()
    {
        if (Retention is not { } keep)
            return;
        foreach (var file in JournalRetention.Apply(segments.DataFolder, keep, clock.GetUtcNow()))
            LogMessages.JournalDropped(log, file);
    }

    void CatchUp(CancellationToken stop)
    {
        // Its successor's first rows may still be on their way to a segment that begins in the same second.
        var lacking = sessions.Waiting
            .Where(e => pump.Missing.Of(e.Folder) && clock.GetElapsedTime(e.EndedAt) >= SettleTime).ToList();
        if (lacking.Count == 0)
            return;
        sealAll().GetAwaiter().GetResult();
        try
        {
            var report = new CatchUp(segments).RunAsync(lacking.Select(e => e.Folder).ToHashSet(), stop)
                .GetAwaiter().GetResult();
            sessions.Complete(lacking);
            lacking.ForEach(e => pump.Missing.Remove(e.Folder));
            LogMessages.CaughtUp(log, report.Rows, lacking.Count);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogMessages.StoreFaulted(log, e.Message);
        }
    }
}
