using Shouldly;
using Ticklake.Stores.Segments;
using Xunit;

namespace Ticklake.Tests.Stores.Segments;

public sealed class SegmentRecoveryTests
{
    const string Day = "bitfinex/websocket/trades/tBTCUSD/dt=2025-01-17";

    [Fact]
    public async Task A_segment_open_at_the_crash_is_cleared_away()
    {
        foreach (var layout in SegmentLayout.All)
        {
            var rig = new SegmentRig(new SegmentOptions { Layout = layout });
            await rig.Store.AppendAsync(rig.Trades(1, 5));
            rig.Store.FlushRowGroups(TimeSpan.Zero);
            rig.Paths().ShouldHaveSingleItem().ShouldContain(".tmp");

            rig.Restart().TemporaryRemoved.ShouldHaveSingleItem().ShouldEndWith(".tmp");

            rig.Paths().ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_file_without_manifest_is_kept_out_of_sight()
    {
        var rig = new SegmentRig();
        await SealAsync(rig);
        rig.Disk.Delete($"/data/{Day}/trades-20250117T080000Z.manifest.json");
        rig.Disk.Delete("/data/catalog/2025-01-17.jsonl");

        var report = rig.Restart();

        report.Unsealed.ShouldBe([$"{Day}/trades-20250117T080000Z.parquet.unsealed"]);
        rig.Paths().ShouldBe(report.Unsealed);
        rig.Catalog.Coverage(SampleRows.Journal, SampleRows.Trades).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_of_any_format_without_manifest_is_kept_out_of_sight()
    {
        foreach (var format in SegmentFormat.All)
        {
            var rig = new SegmentRig(new SegmentOptions { Format = format });
            await SealAsync(rig);
            rig.Disk.Delete($"/data/{Day}/trades-20250117T080000Z.manifest.json");
            rig.Disk.Delete("/data/catalog/2025-01-17.jsonl");

            rig.Restart().Unsealed.ShouldBe([$"{Day}/trades-20250117T080000Z.{format.Extensions[0]}.unsealed"]);
        }
    }

    [Fact]
    public async Task A_name_that_a_file_of_another_format_has_is_not_given_again()
    {
        var rig = new SegmentRig(new SegmentOptions { Format = SegmentFormat.Csv });
        rig.Disk.Append($"/data/{Day}/trades-20250117T080000Z.parquet", "PAR1"u8);
        await SealAsync(rig);
        rig.Sealed().Single().FilePath.ShouldBe($"{Day}/trades-20250117T080000Z-1.csv.gz");
    }

    [Fact]
    public async Task A_manifest_that_cannot_be_read_does_not_count()
    {
        var rig = new SegmentRig();
        await SealAsync(rig);
        rig.Disk.Append($"/data/{Day}/trades-20250117T080000Z.manifest.json", "}"u8);
        rig.Disk.Delete("/data/catalog/2025-01-17.jsonl");

        rig.Restart().Unsealed.Count.ShouldBe(2);

        rig.Sealed().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_segment_is_durable_before_recovery_lets_the_catalogue_name_it()
    {
        foreach (var layout in SegmentLayout.All)
        {
            var rig = new SegmentRig(new SegmentOptions { Layout = layout });
            await rig.Store.AppendAsync(rig.Trades(1, 5));
            // The process dies right after the commit: the rename is seen, but not yet durable.
            var lastSync = 0;
            rig.Disk.Fails = (operation, _) => operation == "sync folder" && ++lastSync == 2;
            await rig.Store.SealAllAsync(EndReasons.Flush);
            rig.Disk.Fails = static (_, _) => false;

            rig.Restart().Catalogued.ShouldHaveSingleItem();
            rig.Disk.Restart(new NothingUnsynced());
            rig.Restart();

            rig.Catalog.Coverage(SampleRows.Journal, SampleRows.Trades).ShouldBe([new LineRange(1, 5)]);
            rig.Sealed().ShouldHaveSingleItem();
        }
    }

    /// <summary>A power cut that takes all it can.</summary>
    sealed class NothingUnsynced : Random
    {
        public override int Next(int maxValue) => 0;

        public override int Next(int minValue, int maxValue) => minValue;
    }

    [Fact]
    public void Files_that_no_layout_wrote_are_left_alone()
    {
        var rig = new SegmentRig();
        rig.Disk.Append("/data/mine/own.parquet", "PAR1"u8);
        rig.Disk.Append("/data/mine/.own.tmp", "x"u8);

        rig.Restart();

        rig.Paths().ShouldBe(["mine/.own.tmp", "mine/own.parquet"]);
    }

    static async Task SealAsync(SegmentRig rig)
    {
        await rig.Store.AppendAsync(rig.Trades(1, 5));
        await rig.Store.SealAllAsync(EndReasons.Flush);
    }
}
