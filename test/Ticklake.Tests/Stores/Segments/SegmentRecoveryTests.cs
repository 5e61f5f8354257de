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
        string[] foreign =
        [
            "mine/.own.tmp", "mine/own.parquet", "mine/manifest.json", "site/x.manifest.json", $"{Day}/own.parquet",
            $"{Day}/.own.parquet.tmp", "mine/dt=2025-01-17/own.parquet",
            // Another recorder's archive: our path, and nothing inside that says that it is ours.
            "binance/BTCUSDT/trades/2025-01-17/1737100800000.parquet",
        ];
        var rig = new SegmentRig();
        foreach (var path in foreign)
            rig.Disk.Append("/data/" + path, "PAR1"u8);

        var report = rig.Restart();
        report.TemporaryRemoved.Concat(report.Unsealed).Concat(report.Catalogued).ShouldBeEmpty();

        rig.Paths().ShouldBe(foreign.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_lake_whose_layout_was_changed_is_put_right_as_a_whole()
    {
        string[] layouts = ["daily", "{exchange}@{channel}@{symbol}/{start}.{ext}", "archive", "segments", "hive"];
        var rig = new SegmentRig(new SegmentOptions());
        for (var i = 0; i < layouts.Length; i++)
        {
            rig.Options = new SegmentOptions { Layout = SegmentLayout.Parse(layouts[i]), RowGroupRows = 10 };
            rig.Restart();
            // One is sealed, the next one open at the crash.
            await rig.Store.AppendAsync(rig.Trades((100 * i) + 1, 10));
            await rig.Store.SealAllAsync(EndReasons.Flush);
            await rig.Store.AppendAsync(rig.Trades((100 * i) + 11, 10));
        }

        rig.Options = new SegmentOptions();
        rig.Restart().TemporaryRemoved.ShouldHaveSingleItem().ShouldContain("hour=08/.trades-");

        rig.Sealed().Length.ShouldBe(layouts.Length);
        rig.Catalog.Coverage(SampleRows.Journal, SampleRows.Trades)
            .ShouldBe([.. Enumerable.Range(0, layouts.Length).Select(x => new LineRange((100 * x) + 1, (100 * x) + 10))]);
    }

    [Fact]
    public async Task A_file_that_a_template_of_before_left_unsealed_is_found()
    {
        var rig = new SegmentRig(new SegmentOptions { Layout = SegmentLayout.Parse("{symbol}/{exchange}/{channel}/{start}.{ext}") });
        await SealAsync(rig);
        await rig.Store.AppendAsync(rig.Trades(10, 5));
        rig.Store.FlushRowGroups(TimeSpan.Zero);
        rig.Disk.Delete("/data/tBTCUSD/bitfinex/trades/20250117T080000Z.manifest.json");
        rig.Disk.Delete("/data/catalog/2025-01-17.jsonl");

        rig.Options = new SegmentOptions();
        var report = rig.Restart();

        report.Unsealed.ShouldBe(["tBTCUSD/bitfinex/trades/20250117T080000Z.parquet.unsealed"]);
        report.TemporaryRemoved.ShouldBe(["tBTCUSD/bitfinex/trades/.20250117T080000Z-1.parquet.tmp"]);
        rig.Disk.Read("/data/catalog/layouts.txt").ShouldBe("\n{symbol}/{exchange}/{channel}/{start}.{ext}\n"u8.ToArray());
    }

    static async Task SealAsync(SegmentRig rig)
    {
        await rig.Store.AppendAsync(rig.Trades(1, 5));
        await rig.Store.SealAllAsync(EndReasons.Flush);
    }
}
