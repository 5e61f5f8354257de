using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Viewing;

/// <summary>What the manifests say of one stream, summed over its sealed segments; no data file is opened.</summary>
public sealed record StreamStatistics(StreamKey Stream)
{
    public long Segments { get; init; }

    public long Rows { get; init; }

    public long Bytes { get; init; }

    public long FirstRecvUs { get; init; } = long.MaxValue;

    public long LastRecvUs { get; init; } = long.MinValue;

    public long Gaps { get; init; }

    public long ChecksumsOk { get; init; }

    public long ChecksumsMismatched { get; init; }

    public long InexactValues { get; init; }

    public long RoundedValues { get; init; }

    public double BytesPerRow => Rows == 0 ? 0 : (double)Bytes / Rows;

    /// <summary>One of each stream, in the order of their names.</summary>
    public static IReadOnlyList<StreamStatistics> Of(IEnumerable<CatalogEntry> segments)
    {
        var streams = new Dictionary<StreamKey, StreamStatistics>();
        foreach (var segment in segments)
        {
            streams.TryGetValue(segment.Stream, out var known);
            streams[segment.Stream] = (known ?? new StreamStatistics(segment.Stream)).With(segment.Manifest);
        }

        return [.. streams.Values.OrderBy(s => s.Stream.ToString(), StringComparer.Ordinal)];
    }

    StreamStatistics With(SegmentManifest manifest) => this with
    {
        Segments = Segments + 1,
        Rows = Rows + manifest.Rows,
        Bytes = Bytes + manifest.Bytes,
        FirstRecvUs = Math.Min(FirstRecvUs, manifest.FirstRecvUs),
        LastRecvUs = Math.Max(LastRecvUs, manifest.LastRecvUs),
        Gaps = Gaps + manifest.Gaps.Count,
        ChecksumsOk = ChecksumsOk + manifest.ChecksumsOk,
        ChecksumsMismatched = ChecksumsMismatched + manifest.ChecksumsMismatched,
        InexactValues = InexactValues + manifest.InexactValues,
        RoundedValues = RoundedValues + manifest.RoundedValues,
    };
}
