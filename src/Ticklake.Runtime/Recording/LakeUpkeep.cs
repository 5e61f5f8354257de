using Microsoft.Extensions.Logging;
using Ticklake.Core.Markets;
using Ticklake.Core.Time;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Sessions;
using Ticklake.Runtime.Telemetry;
using Ticklake.Stores.Compaction;
using Ticklake.Stores.Retention;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Recording;

/// <summary>
/// While recording: gives up what is older than it is to be kept, keeps the lake within its part of the disk, and merges the
/// small segments of days that are over. Each round runs on a thread of its own; what one could not do, the next does.
/// </summary>
/// <param name="segments">The lake.</param>
/// <param name="options">What was configured.</param>
/// <param name="markets">Whose segments there may be.</param>
/// <param name="clock">Tells what is old.</param>
/// <param name="log">Hears of what was given up.</param>
sealed class LakeUpkeep(
    SegmentSetting segments, RecorderOptions options, IReadOnlyList<MarketRecorder> markets, TimeProvider clock, ILogger log)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Once is enough to try and to tell; the next start tries again.
    readonly HashSet<string> _refused = [];

    /// <summary>Bytes free on the lake's disk.</summary>
    public required Func<long> FreeBytes { get; init; }

    /// <summary>Is told what the disk has no room for.</summary>
    public required Thrift Thrift { get; init; }

    DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Works at every interval until it is stopped.</summary>
    public async Task RunAsync(TimeSpan interval, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
                await OwnThread.RunAsync("ticklake upkeep", () => Round(stop)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The recorder stops. A merge that was begun is cleared away.
        }
    }

    void Round(CancellationToken stop)
    {
        try
        {
            RetireOld(stop);
            KeepWithinBudget(stop);
            KeepReserve(stop);
            Compact(stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogMessages.StoreFaulted(log, e.Message);
        }
    }

    void RetireOld(CancellationToken stop)
    {
        if (options.Segments.Retention is { } keep)
            Retire(RetentionPlan.OlderThan(segments.Catalog.Entries(), MicrosecondsOf(Now - keep)), RetireReasons.Age, stop);
    }

    void KeepWithinBudget(CancellationToken stop)
    {
        if (options.Disk.Budget is not { } budget)
            return;
        var entries = segments.Catalog.Entries().ToList();
        var excess = entries.Sum(entry => entry.Manifest.Bytes) + JournalBytes() - budget;
        if (excess > 0)
            excess -= RetireJournals(excess, stop);
        if (excess > 0)
            Retire(RetentionPlan.Oldest(entries, excess), RetireReasons.Disk, stop);
    }

    // First what is there twice goes, then what can be had again, then what is most of the bytes; trades last of all, when the
    // disk is really full and the journal says so.
    void KeepReserve(CancellationToken stop)
    {
        if (options.Disk.Reserve is not { } reserve)
            return;
        var free = FreeBytes();
        if (free < reserve && RetireJournals(reserve - free, stop) > 0)
            free = FreeBytes();
        var level = free >= reserve ? ThriftLevel.None
            : free < reserve / 3 ? ThriftLevel.NoBooks
            : free < reserve / 3 * 2 ? Highest(Thrift.Level, ThriftLevel.NoPolledDepth)
            : Thrift.Level;
        if (!Thrift.TryChange(level))
            return;
        LogMessages.ThriftChanged(log, free, reserve, level.ToString());
        foreach (var market in markets)
        {
            _ = market.DeclareAsync(Occurrence.With(
                level == ThriftLevel.None ? "disk_recovered" : "disk_low",
                [("free", free), ("reserve", reserve)],
                ("leaves_out", Thrift.LeftOut(level))));
        }
    }

    static ThriftLevel Highest(ThriftLevel left, ThriftLevel right) => left > right ? left : right;

    long RetireJournals(long bytes, CancellationToken stop)
    {
        long freed = 0;
        foreach (var market in JournalRetention.Oldest(segments.DataFolder, bytes).GroupBy(x => x.Market))
        {
            var occurrence = Occurrence.With(
                "journals_retired", [("sessions", market.Count())], ("reason", RetireReasons.Disk));
            if (!IsDeclared(market.Key, occurrence, stop))
                continue;
            foreach (var session in market)
            {
                var (files, size) = JournalRetention.Retire(segments.DataFolder, session, Now);
                freed += size;
                foreach (var file in files)
                    LogMessages.JournalDropped(log, file);
            }
        }

        return freed;
    }

    void Retire(IReadOnlyList<CatalogEntry> given, string reason, CancellationToken stop)
    {
        foreach (var market in given.GroupBy(entry => entry.Stream.Market))
        {
            var occurrence = Occurrence.With(
                "segments_retired",
                [
                    ("segments", market.Count()),
                    ("rows", market.Sum(entry => entry.Manifest.Rows)),
                    ("bytes", market.Sum(entry => entry.Manifest.Bytes)),
                ],
                ("until", UtcText.Micros(market.Max(entry => entry.Manifest.LastRecvUs))),
                ("reason", reason));
            if (!IsDeclared(market.Key, occurrence, stop))
                continue;
            SegmentRetirement.Run(segments, [.. market], new Retirement(MicrosecondsOf(Now), reason));
            LogMessages.SegmentsRetired(log, market.Count(), market.Sum(entry => entry.Manifest.Rows), reason);
        }
    }

    void Compact(CancellationToken stop)
    {
        if (options.Segments.CompactAfter is not { } after)
            return;
        var day = new DateTimeOffset((Now - after).UtcDateTime.Date, TimeSpan.Zero);
        var groups = CompactionPlan.Of(segments.Catalog.Entries(), MicrosecondsOf(day), segments.Options.MaxBytes);
        var report = LakeCompaction.Run(
            segments, [.. groups.Where(group => !_refused.Contains(KeyOf(group)))], static (_, _) => { }, stop);
        foreach (var fault in report.Faults)
        {
            LogMessages.NotMerged(log, fault.ToString());
            _refused.Add(KeyOf(fault.Group));
        }

        if (report.Merged > 0)
            LogMessages.Compacted(log, report.Merged, report.Made, report.Rows);
    }

    // True once a journal has it: what goes is declared first, also when the recorder is stopped in between. What cannot be
    // declared now waits for the next round. A market that has no connections any more has no journal to declare it in; the
    // catalogue and the log say it.
    bool IsDeclared(MarketId market, Occurrence occurrence, CancellationToken stop)
    {
        if (markets.FirstOrDefault(x => x.Market == market) is not { Keepers.Count: > 0 } recorded)
            return true;
        if (!recorded.IsOpen)
            return false;
        var written = recorded.DeclareAsync(occurrence);
        return Task.WhenAny(written, Task.Delay(Patience, clock, stop)).GetAwaiter().GetResult() == written
            && written.GetAwaiter().GetResult();
    }

    static string KeyOf(MergeGroup group) => string.Join('|', group.Segments.Select(segment => segment.Path));

    static long MicrosecondsOf(DateTimeOffset time) => TimestampNs.From(time).Microseconds;

    long JournalBytes()
    {
        var root = Path.Combine(segments.DataFolder, JournalFolder.Name);
        return Directory.Exists(root)
            ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length)
            : 0;
    }
}
