using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// Where full batches go: the store's queue in a live recorder, the store itself in a replay, a comparison in
/// <c>verify</c>. Takes ownership of the batch. Called on the session's thread.
/// </summary>
public interface IBatchSink
{
    /// <summary>False where the store has no room: the batch is given back to the pool, its rows will be re-derived later.</summary>
    bool TryTake(RowBatch batch);
}
