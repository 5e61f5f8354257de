using Ticklake.Runtime.Pipeline;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Replay;

/// <summary>Keeps batches until the replay's loop takes them to wherever they go. One thread.</summary>
public sealed class QueueSink : IBatchSink
{
    readonly Queue<RowBatch> _batches = new();

    public bool TryTake(RowBatch batch)
    {
        _batches.Enqueue(batch);
        return true;
    }

    public bool TryDequeue(out RowBatch? batch) => _batches.TryDequeue(out batch);
}
