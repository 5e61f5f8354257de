using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Stores.Compaction;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;
using Xunit;

namespace Ticklake.Tests.Stores.Compaction;

public sealed class CompactionPlanTests
{
    [Fact]
    public void Neighbours_of_one_stream_and_folder_are_merged()
    {
        CatalogEntry[] segments =
        [
            Segment("a/dt=1", 1), Segment("a/dt=1", 2), Segment("a/dt=2", 3), Segment("a/dt=2", 4),
            Segment("b/dt=1", 1, SampleRows.Books), Segment("c/dt=1", 9),
        ];

        Plan(segments).ShouldBe([[1, 2], [3, 4]]);
        Plan([.. segments.Reverse()]).ShouldBe([[1, 2], [3, 4]]);
    }

    [Fact]
    public void A_merged_segment_is_no_larger_than_a_segment_may_be() =>
        Plan([Segment("a", 1, bytes: 60), Segment("a", 2, bytes: 30), Segment("a", 3, bytes: 30), Segment("a", 4, bytes: 100)])
            .ShouldBe([[1, 2]]);

    [Fact]
    public void Merged_segments_are_left_alone_until_another_comes()
    {
        Plan([Segment("a", 1, reason: EndReasons.Compacted), Segment("a", 2, reason: EndReasons.Compacted)]).ShouldBeEmpty();
        Plan([Segment("a", 1, reason: EndReasons.Compacted), Segment("a", 2)]).ShouldBe([[1, 2]]);
    }

    [Fact]
    public void Days_that_are_not_over_are_left_alone() =>
        Plan([Segment("a", 1), Segment("a", 2), Segment("a", 1000)]).ShouldBe([[1, 2]]);

    [Fact]
    public void Segments_of_other_versions_are_left_alone() => Plan(
        [
            Segment("a", 1) with { Manifest = Segment("a", 1).Manifest with { DecoderVersion = 8 } },
            Segment("a", 2),
            Segment("a", 3) with { Manifest = Segment("a", 3).Manifest with { SchemaVersion = 0 } },
        ])
        .ShouldBeEmpty();

    static long[][] Plan(CatalogEntry[] segments) =>
        [.. CompactionPlan.Of(segments, 100, 100).Select(x => x.Segments.Select(s => s.Manifest.FirstRecvUs).ToArray())];

    static CatalogEntry Segment(
        string folder, long firstRecvUs, StreamKey? stream = null, long bytes = 10, string reason = EndReasons.Flush) =>
        new($"{folder}/{firstRecvUs}.manifest.json", new SegmentManifest
        {
            Stream = stream ?? SampleRows.Trades,
            File = $"{firstRecvUs}.parquet",
            Rows = 1,
            Bytes = bytes,
            Sha256 = "",
            FirstRecvUs = firstRecvUs,
            LastRecvUs = firstRecvUs,
            Journal = [],
            SchemaVersion = TableSchemas.Version,
            DecoderVersion = 1,
            EndReason = reason,
        });
}
