using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Replay;

/// <summary>Everything in a lake's journals that is not whole, found anew by replaying them. One thread.</summary>
public static class GapList
{
    /// <param name="dataDirectory">The lake.</param>
    /// <param name="found">Is told each finding, in the order of the journals.</param>
    /// <param name="cancel">Ends the search.</param>
    public static async Task<ReplayReport> FindAsync(
        string dataDirectory, Action<IntegrityEvent> found, CancellationToken cancel)
    {
        var pool = new RowBatchPool();
        var replay = new LakeReplay(
            pool,
            batch =>
            {
                pool.Return(batch);
                return ValueTask.CompletedTask;
            })
        {
            Retired = RetiredSession.All(dataDirectory),
            Observer = finding =>
            {
                // A book that is right again is good news, and where another recorder's connection ended says nothing
                // about what it lost.
                if (finding.Kind != IntegrityKind.Resynced
                    && (finding.Kind != IntegrityKind.Disconnect || finding.ImportedLine == 0))
                    found(finding);
            },
        };
        return await replay.RunAsync(JournalFolder.Sessions(dataDirectory), cancel).ConfigureAwait(false);
    }
}
