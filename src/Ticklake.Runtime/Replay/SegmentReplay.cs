using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Recording;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Replay;

/// <summary>What a replay into segments did.</summary>
public sealed record SegmentReplayReport(ReplayReport Replay, long SegmentsSealed);

/// <summary>Journals to sealed segments. One thread; the lake must not be recorded to at the same time.</summary>
public static class SegmentReplay
{
    /// <summary>Makes the segments that the lake lacks.</summary>
    /// <exception cref="IOException">Another process records there, or the disk refuses.</exception>
    public static async Task<SegmentReplayReport> FillAsync(string lake, CancellationToken cancel, SegmentOptions? options = null)
    {
        using var taken = LakeLock.TryTake(lake)
            ?? throw new IOException($"{lake} is being recorded to by another process.");
        var catalog = new SegmentCatalog(lake, DiskFileSystem.Instance);
        new SegmentRecovery(lake, DiskFileSystem.Instance, catalog).Run(options?.Layout);
        var done = new List<(string File, IReadOnlyList<StreamCarry> Streams)>();
        var report = await RunAsync(
            lake, lake, catalog, options ?? new SegmentOptions(), (pool, store) => new LakeReplay(pool, store.AppendAsync)
            {
                SealedLines = catalog.Coverage,
                Retired = RetiredSession.All(lake),
                SessionDone = (session, states) => done.Add(
                    (session.Files[0].FullPath, states.CarriesOf(session.Market))),
            },
            cancel).ConfigureAwait(false);
        foreach (var (file, streams) in done)
            SessionMarker.TryWrite(file, streams);
        return report;
    }

    /// <summary>Makes every segment anew in an empty directory.</summary>
    /// <exception cref="IOException">The directory holds something already, or the disk refuses.</exception>
    public static Task<SegmentReplayReport> RemakeAsync(
        string lake, string output, CancellationToken cancel, SegmentOptions? options = null)
    {
        if (Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any())
            throw new IOException($"{output} is not empty.");
        Directory.CreateDirectory(output);
        return RunAsync(
            lake,
            output,
            new SegmentCatalog(output, DiskFileSystem.Instance),
            options ?? new SegmentOptions(),
            (pool, store) => new LakeReplay(pool, store.AppendAsync) { Retired = RetiredSession.All(lake) },
            cancel);
    }

    static async Task<SegmentReplayReport> RunAsync(
        string lake,
        string output,
        SegmentCatalog catalog,
        SegmentOptions options,
        Func<RowBatchPool, SegmentStore, LakeReplay> create,
        CancellationToken cancel)
    {
        new KnownLayouts(output, DiskFileSystem.Instance).Note(options.Layout);
        var pool = new RowBatchPool();
        using var store = new SegmentStore(new SegmentSetting(options, output, DiskFileSystem.Instance, catalog, pool)
        {
            Slice = new JournalSlicer(lake).Write,
        });
        var replay = create(pool, store);
        var report = await replay.RunAsync(JournalFolder.Sessions(lake), cancel).ConfigureAwait(false);
        var lost = await store.SealAllAsync(EndReasons.EndOfJournal).ConfigureAwait(false);
        if (lost.Count > 0)
            throw new IOException(lost[0].Message, lost[0]);
        return new SegmentReplayReport(report, store.SegmentsSealed);
    }
}
