using Ticklake.Runtime.Pipeline;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Replay;

/// <summary>For those who want what a replay finds, not its rows.</summary>
public sealed class DiscardSink(RowBatchPool pool) : IBatchSink
{
    public bool TryTake(RowBatch batch)
    {
        pool.Return(batch);
        return true;
    }
}
