using Ticklake.Runtime.Pipeline;

namespace Ticklake.Runtime.Recording;

/// <summary>Sums over the sessions of a recorder. Sessions that ended are added up once, so months of them cost nothing.</summary>
public sealed class RecorderTotals
{
    readonly Lock _lock = new();
    readonly long[] _latency = new long[PipelineCounters.LatencyBuckets];
    RecorderCounts _ended;

    /// <summary>Takes over the counts of a session that has ended.</summary>
    public void Add(PipelineCounters counters)
    {
        lock (_lock)
        {
            _ended = _ended.Plus(counters);
            counters.AddLatencyTo(_latency);
        }
    }

    /// <summary>The ended sessions and these.</summary>
    public RecorderCounts With(IEnumerable<PipelineCounters> running)
    {
        lock (_lock)
        {
            var sum = _ended;
            Span<long> latency = stackalloc long[PipelineCounters.LatencyBuckets];
            _latency.CopyTo(latency);
            foreach (var counters in running)
            {
                sum = sum.Plus(counters);
                counters.AddLatencyTo(latency);
            }

            return sum with
            {
                LatencyP50Us = PipelineCounters.LatencyUs(latency, 0.50),
                LatencyP99Us = PipelineCounters.LatencyUs(latency, 0.99),
            };
        }
    }
}

/// <summary>What a recorder has done since it started. Latencies are upper bounds, in microseconds, exchange to recorder.</summary>
public readonly record struct RecorderCounts(
    long Frames,
    long Bytes,
    long Rows,
    long Gaps,
    long ChecksumsOk,
    long ChecksumsMismatched,
    long Duplicates,
    long Quarantined,
    long BatchesDeferred,
    long? LatencyP50Us,
    long? LatencyP99Us)
{
    public RecorderCounts Plus(PipelineCounters counters) => this with
    {
        Frames = Frames + counters.Frames,
        Bytes = Bytes + counters.Bytes,
        Rows = Rows + counters.Rows,
        Gaps = Gaps + counters.Gaps,
        ChecksumsOk = ChecksumsOk + counters.ChecksumsOk,
        ChecksumsMismatched = ChecksumsMismatched + counters.ChecksumsMismatched,
        Duplicates = Duplicates + counters.Duplicates,
        Quarantined = Quarantined + counters.Quarantined,
        BatchesDeferred = BatchesDeferred + counters.BatchesDeferred,
    };
}
