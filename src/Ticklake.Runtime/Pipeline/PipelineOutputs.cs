using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Pipeline;

/// <summary>Where a pipeline's results go.</summary>
/// <param name="Sink">Takes full batches.</param>
/// <param name="Pool">Gives empty ones.</param>
/// <param name="Observer">Is told every finding, on the session's thread; null if nobody is interested.</param>
public sealed record PipelineOutputs(IBatchSink Sink, RowBatchPool Pool, Action<IntegrityEvent>? Observer = null)
{
    /// <summary>Is given both books where a comparison finds a difference, on the session's thread; null on replay.</summary>
    public Action<BookDrift>? Drifts { get; init; }
}
