using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Replay;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Recording;

/// <summary>
/// Makes the rows that ended sessions lack, from their journals, while others go on recording: what recovery would do at
/// the next start, into segments of its own. One at a time.
/// </summary>
sealed class CatchUp(SegmentSetting setting)
{
    static ValueTask<IReadOnlyList<SegmentLostException>> SealAsync(SegmentStore store) =>
        store.SealAllAsync(EndReasons.EndOfJournal);

    /// <param name="folders">Journal folders of the sessions. They have ended, and every row of theirs that reached the
    /// store is sealed.</param>
    /// <param name="cancel">Ends it early; the next start does the rest.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public async Task<ReplayReport> RunAsync(IReadOnlySet<string> folders, CancellationToken cancel)
    {
        // Their journals are closed: nothing to wait for.
        var store = new SegmentStore(setting with { Barrier = static (_, _) => ValueTask.CompletedTask });
        var replay = new LakeReplay(setting.Pool, store.AppendAsync)
        {
            SealedLines = setting.Catalog.Coverage,
            Retired = RetiredSession.All(setting.DataFolder),
        };
        // Finished sessions only bring the streams to the state in which these began.
        var sessions = JournalFolder.Sessions(setting.DataFolder)
            .Where(s => folders.Contains(SessionFolders.Of(s.Files[0].RelativePath)) || SessionMarker.Find(s) is not null);
        try
        {
            var report = await replay.RunAsync(sessions, cancel).ConfigureAwait(false);
            return (await SealAsync(store).ConfigureAwait(false)) is [var lost, ..] ? throw lost : report;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // What was made is worth keeping, and open files must not stay behind.
            await SealAsync(store).ConfigureAwait(false);
            throw;
        }
    }
}
