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
            RetireOld();
            KeepWithinBudget();
            KeepReserve();
            Compact(stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogMessages.StoreFaulted(log, e.Message);
        }
    }

    void RetireOld()
    {
        if (options.Segments.Retention is { } keep)
            Retire(RetentionPlan.OlderThan(segments.Catalog.Entries(), MicrosecondsOf(Now - keep)), RetireReasons.Age);
    }

    void KeepWithinBudget()
    {
        if (options.Disk.Budget is not { } budget)
            return;
        var entries = segments.Catalog.Entries().ToList();
        var excess = entries.Sum(entry => entry.Manifest.Bytes) + JournalBytes() - budget;
        if (excess > 0)
            excess -= RetireJournals(excess);
        if (excess > 0)
            Retire(RetentionPlan.Oldest(entries, excess), RetireReasons.Disk);
    }

    // First what is there twice goes, then what can be had again, then what is most of the bytes; trades last of all, when the
    // disk is really full and the journal says so.
    void KeepReserve()
    {
        if (options.Disk.Reserve is not { } reserve)
            return;
        var free = FreeBytes();
        if (free < reserve && RetireJournals(reserve - free) > 0)
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
            market.Declare(Occurrence.With(
                level == ThriftLevel.None ? "disk_recovered" : "disk_low",
                [("free", free), ("reserve", reserve)],
                ("leaves_out", Thrift.LeftOut(level))));
        }
    }

    static ThriftLevel Highest(ThriftLevel left, ThriftLevel right) => left > right ? left : right;

    long RetireJournals(long bytes)
    {
        var (files, freed) = JournalRetention.ApplyOldest(segments.DataFolder, bytes, Now);
        foreach (var file in files)
            LogMessages.JournalDropped(log, file);
        foreach (var market in files.GroupBy(MarketOf))
        {
            Declare(market.Key, Occurrence.With(
                "journals_retired", [("files", market.Count())], ("reason", RetireReasons.Disk)));
        }

        return freed;
    }

    void Retire(IReadOnlyList<CatalogEntry> given, string reason)
    {
        if (given.Count == 0)
            return;
        // Told before it is done: a recorder that is killed in between has declared too much, not too little.
        foreach (var market in given.GroupBy(entry => entry.Stream.Market))
        {
            Declare(market.Key.PathName, Occurrence.With(
                "segments_retired",
                [
                    ("segments", market.Count()),
                    ("rows", market.Sum(entry => entry.Manifest.Rows)),
                    ("bytes", market.Sum(entry => entry.Manifest.Bytes)),
                ],
                ("until", UtcText.Micros(market.Max(entry => entry.Manifest.LastRecvUs))),
                ("reason", reason)));
        }

        SegmentRetirement.Run(segments, given, new Retirement(MicrosecondsOf(Now), reason));
        LogMessages.SegmentsRetired(log, given.Count, given.Sum(entry => entry.Manifest.Rows), reason);
    }

    void Compact(CancellationToken stop)
    {
        if (options.Segments.CompactAfter is not { } after)
            return;
        var day = new DateTimeOffset((Now - after).UtcDateTime.Date, TimeSpan.Zero);
        var groups = CompactionPlan.Of(segments.Catalog.Entries(), MicrosecondsOf(day), segments.Options.MaxBytes);
        var report = LakeCompaction.Run(segments, groups, static (_, _) => { }, stop);
        foreach (var fault in report.Faults)
            LogMessages.NotMerged(log, fault);
        if (report.Merged > 0)
            LogMessages.Compacted(log, report.Merged, report.Made, report.Rows);
    }

    // A market that is not recorded any more has no journal to declare it in; the catalogue and the log say it.
    void Declare(string market, Occurrence occurrence) =>
        markets.FirstOrDefault(x => x.Market.PathName == market)?.Declare(occurrence);

    static long MicrosecondsOf(DateTimeOffset time) => TimestampNs.From(time).Microseconds;

    long JournalBytes()
    {
        var root = Path.Combine(segments.DataFolder, JournalFolder.Name);
        return Directory.Exists(root)
            ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length)
            : 0;
    }

    // {data}/journal/{exchange}/{market}/{conn_id}/{start}.jsonl.zst
    string MarketOf(string file)
    {
        var parts = Path.GetRelativePath(segments.DataFolder, file).Split(Path.DirectorySeparatorChar);
        return new MarketId(parts[1], parts[2]).PathName;
    }
}
