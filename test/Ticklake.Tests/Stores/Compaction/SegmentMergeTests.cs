using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;
using Ticklake.Tests.Stores.Segments;
using Xunit;

namespace Ticklake.Tests.Stores.Compaction;

public sealed class SegmentMergeTests
{
    const string Other = "journal/bitfinex/spot/c2/1.jsonl.zst";

    [Theory]
    [InlineData("daily")]
    [InlineData("hive")]
    [InlineData("archive")]
    public async Task Small_segments_become_one(string layout)
    {
        var rig = new CompactionRig(new SegmentOptions { Layout = SegmentLayout.Find(layout)!, RowGroupRows = 40 });
        await rig.SealAsync(7, 1, 100, 45);
        var (before, old) = (rig.Rows(), rig.Sealed());

        var report = rig.Compact();

        report.Faults.ShouldBeEmpty();
        (report.Merged, report.Made, report.Rows).ShouldBe((4, 1, 153));
        rig.Rows().ShouldBe(before);
        var merged = rig.Sealed().ShouldHaveSingleItem();
        var manifest = merged.Manifest;
        (manifest.FirstRecvUs, manifest.LastRecvUs).ShouldBe((old[0].Manifest.FirstRecvUs, old[3].Manifest.LastRecvUs));
        (manifest.FirstSeq, manifest.LastSeq).ShouldBe((1, 153));
        manifest.Journal.ShouldBe(old.SelectMany(x => x.Manifest.Journal));
        manifest.Replaces.ShouldBe(old.Select(x => new ReplacedSegment(x.Path, x.Manifest.Rows, x.Manifest.Sha256)));
        manifest.EndReason.ShouldBe(EndReasons.Compacted);
        ManifestJson.Read(ManifestJson.Write(manifest)).Replaces.ShouldBe(manifest.Replaces);
        rig.Lake.Paths().ShouldBe([merged.Path, merged.FilePath], ignoreOrder: true);
        Path.GetDirectoryName(merged.Path).ShouldBe(Path.GetDirectoryName(old[0].Path));
    }

    [Fact]
    public async Task Segments_that_are_folders_are_left_alone()
    {
        var rig = new CompactionRig(new SegmentOptions { Layout = SegmentLayout.Segments });
        await rig.SealAsync(7, 8);

        rig.Compact().Merged.ShouldBe(0);
    }

    [Fact]
    public async Task The_second_time_nothing_changes()
    {
        var rig = new CompactionRig();
        await rig.SealAsync(7, 1, 100);
        rig.Compact();
        var paths = rig.Disk.Paths.Order().ToArray();
        var calls = rig.Disk.Calls;

        rig.Compact().Merged.ShouldBe(0);

        rig.Disk.Calls.ShouldBe(calls);
        rig.Disk.Paths.Order().ShouldBe(paths);
    }

    [Fact]
    public async Task What_comes_later_is_merged_with_what_was_merged_before()
    {
        var rig = new CompactionRig();
        await rig.SealAsync(7, 1);
        rig.Compact();
        await rig.SealAsync(rig.Lake.Trades(9, 5));
        var rows = rig.Rows();

        var report = rig.Compact();

        report.Faults.ShouldBeEmpty();
        report.Merged.ShouldBe(2);
        rig.Rows().ShouldBe(rows);
        rig.Sealed().ShouldHaveSingleItem().Manifest.Journal.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Sessions_that_overlap_are_merged_by_time_and_keep_their_own_order()
    {
        var rig = new CompactionRig();
        await rig.SealAsync(rig.Lake.Trades(1, 90));
        // From the middle of the first to beyond its end, half a millisecond off.
        await rig.SealAsync(SampleRows.TradeBatch(rig.Lake.Pool, sourceFile: Other).AddTrades(1, 90, SampleRows.Morning + 45_500));

        rig.Compact().Rows.ShouldBe(180);

        rig.Values<long>("recv_ts").ShouldBeInOrder();
        rig.Values<long>("line_no").Skip(45).Take(6).ShouldBe([46, 1, 47, 2, 48, 3]);
    }

    [Fact]
    public async Task Rows_keep_their_order_where_the_clock_stepped_back()
    {
        var rig = new CompactionRig();
        var batch = rig.Lake.Trades(1, 3);
        batch.AddTrades(4, 3, SampleRows.Morning - 500_000);
        await rig.SealAsync(batch);
        await rig.SealAsync(rig.Lake.Trades(7, 2, SampleRows.Morning - 400_000));

        rig.Compact().Faults.ShouldBeEmpty();

        rig.Values<long>("line_no").Where(line => line <= 6).ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task Segments_of_every_table_are_merged(Channel channel)
    {
        var rig = new CompactionRig();
        await rig.SealAsync(SampleRows.OneOfEach(rig.Lake.Pool, channel));
        await rig.SealAsync(SampleRows.OneOfEach(rig.Lake.Pool, channel));
        var rows = rig.Rows();

        var report = rig.Compact();

        report.Faults.ShouldBeEmpty();
        report.Merged.ShouldBe(2);
        rig.Rows().Order().ShouldBe(rows.Order());
    }

    [Fact]
    public async Task Gaps_and_sums_stay()
    {
        var rig = new CompactionRig();
        for (var i = 0; i < 3; i++)
        {
            var batch = rig.Lake.Trades(1 + (i * 10), 10);
            batch.AddGap(new GapMark("missing_ids", SampleRows.Journal, 3 + i, SampleRows.Morning + i, 5, 6));
            (batch.ChecksumsOk, batch.ChecksumsMismatched) = (4, 1);
            await rig.SealAsync(batch);
        }

        rig.Compact();

        var manifest = rig.Sealed().ShouldHaveSingleItem().Manifest;
        manifest.Gaps.Select(gap => gap.Line).ShouldBe([3, 4, 5]);
        (manifest.ChecksumsOk, manifest.ChecksumsMismatched).ShouldBe((12, 3));
    }

    [Fact]
    public async Task A_spoilt_segment_is_not_sealed_again()
    {
        var rig = new CompactionRig();
        await rig.SealAsync(7, 8);
        var spoilt = $"{SegmentRig.Folder}/{rig.Sealed()[1].FilePath}";
        var bytes = rig.Disk.Read(spoilt);
        bytes[20] ^= 1;
        rig.Disk.Delete(spoilt);
        rig.Disk.Append(spoilt, bytes);
        var paths = rig.Lake.Paths();

        var report = rig.Compact();

        report.Faults.ShouldHaveSingleItem().Reason.ShouldContain("its manifest says");
        report.Merged.ShouldBe(0);
        rig.Lake.Paths().ShouldBe(paths);
    }

    [Fact]
    public async Task A_full_disk_leaves_everything_as_it_was()
    {
        var rig = new CompactionRig();
        await rig.SealAsync(70, 80);
        var paths = rig.Lake.Paths();
        rig.Disk.Space = rig.Disk.Paths.Sum(path => (long)rig.Disk.Read(path).Length) + 100;

        rig.Compact().Faults.ShouldHaveSingleItem().Reason.ShouldContain("No space left");

        rig.Lake.Paths().ShouldBe(paths);
    }

    [Theory]
    [InlineData("daily", false)]
    [InlineData("daily", true)]
    [InlineData("hive", false)]
    [InlineData("hive", true)]
    public async Task Cut_off_at_any_call_every_row_is_there_once(string layout, bool isPowerCut)
    {
        var calls = int.MaxValue;
        for (var cut = 1; cut < calls; cut++)
        {
            var rig = new CompactionRig(new SegmentOptions { Layout = SegmentLayout.Find(layout)!, RowGroupRows = 40 });
            await rig.SealAsync(30, 60, 20);
            var rows = rig.Rows();
            var before = rig.Disk.Calls;
            rig.Disk.CutAt = before + cut;
            try
            {
                rig.Compact();
                calls = 0;
            }
            catch (PowerCutException)
            {
                // What a reader finds before anything was put right.
                if (!isPowerCut)
                    rig.Rows().SequenceEqual(rows).ShouldBeTrue($"cut at call {cut}");
            }

            if (isPowerCut)
                rig.Disk.Restart(new Random(cut));
            else
                rig.Disk.RestartProcess();
            rig.Lake.Restart().Unsealed.Count.ShouldBeLessThanOrEqualTo(1, $"cut at call {cut}");
            rig.Rows().SequenceEqual(rows).ShouldBeTrue($"cut at call {cut}");
            rig.Compact().Faults.ShouldBeEmpty($"cut at call {cut}");
            rig.Rows().SequenceEqual(rows).ShouldBeTrue($"cut at call {cut}");
            rig.Sealed().ShouldHaveSingleItem();
            rig.Lake.Paths().Count(path => !path.Contains(".unsealed")).ShouldBe(2, $"cut at call {cut}");
        }
    }

    public static TheoryData<Channel> Channels() => [.. Enum.GetValues<Channel>()];
}
