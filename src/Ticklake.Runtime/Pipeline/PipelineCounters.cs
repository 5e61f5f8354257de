using Ticklake.Runtime.Clocks;

namespace Ticklake.Runtime.Pipeline;

/// <summary>Running totals of one session. Written by its thread, read by anyone for display.</summary>
public sealed class PipelineCounters
{
    // Powers of two of microseconds: 1 µs … about 2 minutes; the last bucket takes all above.
    readonly long[] _latency = new long[28];

    public long Frames { get; internal set; }

    public long Bytes { get; internal set; }

    public long Rows { get; internal set; }

    public long Gaps { get; internal set; }

    public long ChecksumsOk { get; internal set; }

    public long ChecksumsMismatched { get; internal set; }

    public long Duplicates { get; internal set; }

    public long Quarantined { get; internal set; }

    public long Ignored { get; internal set; }

    /// <summary>Batches the store had no room for.</summary>
    public long BatchesDeferred { get; internal set; }

    /// <summary>Microseconds from exchange to recorder below which the given share of frames lies; null without any.</summary>
    public long? LatencyUs(double share) => LatencyUs(_latency, share);

    internal static long? LatencyUs(ReadOnlySpan<long> buckets, double share)
    {
        long total = 0;
        foreach (var count in buckets)
            total += count;
        if (total == 0)
            return null;
        long seen = 0;
        for (var i = 0; i < buckets.Length; i++)
        {
            seen += buckets[i];
            if (seen >= total * share)
                return 1L << i;
        }

        return 1L << (buckets.Length - 1);
    }

    /// <summary>Adds this session's latency counts to a sum over sessions.</summary>
    public void AddLatencyTo(Span<long> buckets)
    {
        for (var i = 0; i < _latency.Length; i++)
            buckets[i] += _latency[i];
    }

    public const int LatencyBuckets = 28;

    /// <summary>What the exchange's clock shows more than ours; null where latencies are told as they are found (replays).</summary>
    internal ServerClock? ServerClock { get; set; }

    /// <summary>
    /// Takes a latency by our clock and counts it by the exchange's. Below zero, which the measurement's uncertainty allows, it
    /// counts as the smallest.
    /// </summary>
    internal void AddLatency(long microseconds)
    {
        if (ServerClock is { } exchange)
            microseconds += exchange.CorrectionUs;
        var bucket = microseconds <= 1 ? 0 : 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)(microseconds - 1));
        _latency[Math.Min(bucket, _latency.Length - 1)]++;
    }
}
