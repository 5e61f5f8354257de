using System.Security.Cryptography;
using Shouldly;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;
using Xunit;

namespace Ticklake.Tests.Stores.Segments;

public sealed class SegmentStoreTests
{
    const string Day = "bitfinex/websocket/trades/tBTCUSD/dt=2025-01-17";

    [Fact]
    public async Task A_sealed_segment_is_a_file_with_its_manifest_and_a_line_in_the_catalogue()
    {
        var rig = new SegmentRig();
        await rig.Store.AppendAsync(rig.Trades(1, 10));
        await rig.Store.SealAllAsync(EndReasons.Shutdown);

        rig.Paths().ShouldBe(
            [$"{Day}/trades-20250117T080000Z.manifest.json", $"{Day}/trades-20250117T080000Z.parquet"]);
        var manifest = rig.Sealed().ShouldHaveSingleItem().Manifest;
        (manifest.Rows, manifest.FirstSeq, manifest.LastSeq).ShouldBe((10, 1, 10));
        manifest.FirstRecvUs.ShouldBe(SampleRows.Morning + 1000);
        manifest.LastRecvUs.ShouldBe(SampleRows.Morning + 10_000);
        manifest.Journal.ShouldBe([new JournalRange(SampleRows.Journal, 1, 10, 10)]);
        manifest.EndReason.ShouldBe("shutdown");
        var bytes = rig.Disk.Read($"{SegmentRig.Folder}/{Day}/{manifest.File}");
        manifest.Bytes.ShouldBe(bytes.Length);
        manifest.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        rig.Catalog.Entries().ShouldHaveSingleItem().Path.ShouldBe($"{Day}/trades-20250117T080000Z.manifest.json");
        rig.Catalog.Coverage(SampleRows.Journal, SampleRows.Trades).ShouldBe([new LineRange(1, 10)]);
    }

    [Fact]
    public async Task A_row_of_the_next_day_seals_the_day_before()
    {
        var rig = new SegmentRig();
        await rig.Store.AppendAsync(rig.Trades(1, 4, startUs: SampleRows.Morning + (16 * SampleRows.Hour) - 2500));
        await rig.Store.SealAllAsync(EndReasons.Shutdown);

        rig.Sealed().Select(entry => (entry.Manifest.Rows, entry.Manifest.EndReason))
            .ShouldBe([(2, "day"), (2, "shutdown")]);
        rig.Paths().ShouldContain("bitfinex/websocket/trades/tBTCUSD/dt=2025-01-18/trades-20250118T000000Z.parquet");
    }

    [Fact]
    public async Task Rows_of_an_earlier_day_get_a_segment_of_their_own()
    {
        var rig = new SegmentRig();
        await rig.Store.AppendAsync(rig.Trades(1, 3));
        await rig.Store.AppendAsync(rig.Trades(4, 3, startUs: SampleRows.Morning - (24 * SampleRows.Hour)));
        await rig.Store.AppendAsync(rig.Trades(7, 3));
        await rig.Store.SealAllAsync(EndReasons.Shutdown);

        rig.Sealed().Select(entry => (entry.Manifest.Journal[0].FirstLine, entry.Path.Split('/')[^2][3..]))
            .ShouldBe([(4, "2025-01-16"), (1, "2025-01-17"), (7, "2025-01-17")]);
        rig.Paths().ShouldContain($"{Day}/trades-20250117T080000Z-1.parquet");
        rig.Catalog.Coverage(SampleRows.Journal, SampleRows.Trades).ShouldBe([new LineRange(1, 9)]);
    }

    [Fact]
    public async Task The_segments_layout_seals_a_folder_an_hour()
    {
        var rig = new SegmentRig(new SegmentOptions { Layout = SegmentLayout.Segments });
        await rig.Store.AppendAsync(rig.Trades(1, 4, startUs: SampleRows.Morning + SampleRows.Hour - 2500));
        await rig.Store.SealAllAsync(EndReasons.Shutdown);

        const string Day = "bitfinex/v2/trades/tBTCUSD/dt=2025-01-17";
        const string Hour8 = $"{Day}/hour=08/seg=20250117T085959Z--20250117T085959Z--size~1MB";
        const string Hour9 = $"{Day}/hour=09/seg=20250117T090000Z--20250117T090000Z--size~1MB";
        rig.Paths().ShouldBe(
        [
            $"{Hour8}/controls.parquet",
            $"{Hour8}/manifest.json",
            $"{Hour8}/part-trades-tBTCUSD-20250117T085959Z-0000.parquet",
            $"{Hour9}/controls.parquet",
            $"{Hour9}/manifest.json",
            $"{Hour9}/part-trades-tBTCUSD-20250117T090000Z-0000.parquet",
        ]);
        rig.Sealed()[0].Manifest.EndReason.ShouldBe("hour");
    }

    [Fact]
    public async Task A_segment_ends_at_its_size()
    {
        var rig = new SegmentRig(new SegmentOptions { RowGroupRows = 100, MaxBytes = 1 });
        await rig.Store.AppendAsync(rig.Trades(1, 250));
        await rig.Store.SealAllAsync(EndReasons.Shutdown);

        rig.Sealed().Select(entry => (entry.Manifest.Rows, entry.Manifest.EndReason))
            .ShouldBe([(100, "size"), (100, "size"), (50, "shutdown")], ignoreOrder: true);
        rig.Catalog.Coverage(SampleRows.Journal, SampleRows.Trades).ShouldBe([new LineRange(1, 250)]);
    }

    [Fact]
    public async Task A_frame_never_lies_in_two_segments()
    {
        var rig = new SegmentRig(new SegmentOptions { RowGroupRows = 100, MaxBytes = 1 });
        var batch = SampleRows.TradeBatch(rig.Pool).AddTrades(1, 90);
        for (var row = 0; row < 30; row++)
            batch.Add(new RowStamp(SampleRows.Morning + 91_000, 91, row), SampleRows.Trade(91));
        await rig.Store.AppendAsync(batch.AddTrades(92, 8));
        await rig.Store.SealAllAsync(EndReasons.Shutdown);

        rig.Sealed().SelectMany(entry => entry.Manifest.Journal).OrderBy(range => range.FirstLine).ShouldBe(
            [new JournalRange(SampleRows.Journal, 1, 91, 120), new JournalRange(SampleRows.Journal, 92, 99, 8)]);
    }

    [Fact]
    public async Task How_rows_were_batched_leaves_no_trace_in_the_files()
    {
        var contents = new List<string>();
        foreach (var size in new[] { 1, 7, 64, 500 })
        {
            var rig = new SegmentRig(new SegmentOptions { RowGroupRows = 100, Rotate = TimeSpan.FromHours(1) });
            for (var line = 1; line <= 1000; line += size)
            {
                var count = Math.Min(size, 1001 - line);
                await rig.Store.AppendAsync(rig.Trades(line, count, SampleRows.Morning + SampleRows.Hour - 400_000));
            }

            await rig.Store.SealAllAsync(EndReasons.Shutdown);
            contents.Add(string.Join('\n', rig.Paths().Select(path => $"{path} {Hash(rig, path)}")));
        }

        contents.ShouldAllBe(content => content == contents[0]);
    }

    [Fact]
    public async Task Rows_lost_in_between_begin_a_new_range()
    {
        var rig = new SegmentRig();
        await rig.Store.AppendAsync(rig.Trades(1, 5));
        var later = rig.Trades(20, 5);
        later.StartsRange = true;
        await rig.Store.AppendAsync(later);
        await rig.Store.AppendAsync(rig.Trades(6, 4));
        await rig.Store.SealAllAsync(EndReasons.Flush);

        rig.Sealed().ShouldHaveSingleItem().Manifest.Journal.Select(range => (range.FirstLine, range.LastLine))
            .ShouldBe([(1, 5), (20, 24), (6, 9)]);
        rig.Catalog.Coverage(SampleRows.Journal, SampleRows.Trades)
            .ShouldBe([new LineRange(1, 9), new LineRange(20, 24)]);
    }

    [Fact]
    public async Task Gaps_and_checksums_are_declared_by_the_segment_they_happened_in()
    {
        var rig = new SegmentRig();
        // Found where no row was waiting: a batch without rows brings it.
        var early = rig.Trades(1, 0);
        early.AddGap(new GapMark("close", SampleRows.Journal, 1, SampleRows.Morning));
        early.ChecksumsOk = 2;
        await rig.Store.AppendAsync(early);
        var batch = rig.Trades(2, 5);
        batch.AddGap(new GapMark("gap", SampleRows.Journal, 4, SampleRows.Morning + 4000, 10, 12));
        (batch.ChecksumsOk, batch.ChecksumsMismatched) = (3, 1);
        await rig.Store.AppendAsync(batch);
        var late = rig.Trades(9, 0);
        late.AddGap(new GapMark("close", SampleRows.Journal, 9, SampleRows.Morning + (24 * SampleRows.Hour)));
        await rig.Store.AppendAsync(late);
        await rig.Store.AppendAsync(rig.Trades(10, 1, SampleRows.Morning + (24 * SampleRows.Hour)));
        await rig.Store.SealAllAsync(EndReasons.Shutdown);

        var manifests = rig.Sealed().Select(entry => entry.Manifest).ToArray();
        manifests[0].Gaps.Select(gap => (gap.Reason, gap.Line, gap.FromSeq))
            .ShouldBe([("close", 1, EventStamp.None), ("gap", 4, 10)]);
        (manifests[0].ChecksumsOk, manifests[0].ChecksumsMismatched).ShouldBe((5, 1));
        manifests[1].Gaps.ShouldHaveSingleItem().Line.ShouldBe(9);
    }

    [Fact]
    public async Task The_journal_is_on_disk_before_the_manifest_names_it()
    {
        var rig = new SegmentRig();
        rig.Barrier = (_, _) =>
        {
            rig.Paths().ShouldAllBe(path => path.EndsWith(".tmp", StringComparison.Ordinal));
            return ValueTask.CompletedTask;
        };
        await rig.Store.AppendAsync(rig.Trades(1, 5));
        await rig.Store.SealAllAsync(EndReasons.Flush);

        rig.Barriers.ShouldBe([(SampleRows.Journal, 5)]);
        rig.Sealed().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_full_disk_names_what_was_lost_and_harms_no_other_stream()
    {
        var rig = new SegmentRig();
        var other = SampleRows.Stream(Channel.Trades, "tETHUSD");
        await rig.Store.AppendAsync(rig.Trades(1, 5, stream: other));
        (await rig.Store.SealAllAsync(EndReasons.Flush)).ShouldBeEmpty();
        await rig.Store.AppendAsync(rig.Trades(6, 50));
        await rig.Store.AppendAsync(rig.Trades(100, 5, stream: other));
        rig.Disk.Fails = (operation, path) =>
            operation == "write" && path.Contains("tBTCUSD", StringComparison.Ordinal);

        var lost = (await rig.Store.SealAllAsync(EndReasons.Flush)).ShouldHaveSingleItem();

        lost.Stream.ShouldBe(SampleRows.Trades);
        lost.Lost.ShouldBe([new JournalRange(SampleRows.Journal, 6, 55, 50)]);
        rig.Sealed().Select(entry => entry.Stream.Symbol).ShouldBe(["tETHUSD", "tETHUSD"]);
        rig.Paths().ShouldNotContain(path => path.EndsWith(".tmp", StringComparison.Ordinal));
        rig.Disk.Fails = static (_, _) => false;
        await rig.Store.AppendAsync(rig.Trades(6, 50));
        (await rig.Store.SealAllAsync(EndReasons.Flush)).ShouldBeEmpty();
        rig.Catalog.Coverage(SampleRows.Journal, SampleRows.Trades).ShouldBe([new LineRange(6, 55)]);
        rig.Store.HeldRows.ShouldBe(0);
    }

    [Fact]
    public async Task A_manifest_that_cannot_be_named_leaves_no_file_that_looks_sealed()
    {
        var rig = new SegmentRig();
        await rig.Store.AppendAsync(rig.Trades(1, 5));
        rig.Disk.Fails = (operation, path) => operation == "rename" && path.EndsWith(".json", StringComparison.Ordinal);

        (await rig.Store.SealAllAsync(EndReasons.Flush)).ShouldHaveSingleItem();

        rig.Paths().ShouldBe([$"{Day}/trades-20250117T080000Z.parquet.unsealed"]);
    }

    [Fact]
    public async Task A_catalogue_that_cannot_be_written_is_reported_and_put_right_at_the_next_start()
    {
        var rig = new SegmentRig();
        await rig.Store.AppendAsync(rig.Trades(1, 5));
        rig.Disk.Fails = (operation, _) => operation == "append";

        (await rig.Store.SealAllAsync(EndReasons.Flush)).ShouldBeEmpty();

        rig.Reports.ShouldHaveSingleItem().ShouldContain("is sealed, but");
        rig.Catalog.Coverage(SampleRows.Journal, SampleRows.Trades).ShouldBe([new LineRange(1, 5)]);
        rig.Disk.Fails = static (_, _) => false;
        rig.Restart().Catalogued.ShouldHaveSingleItem();
        rig.Catalog.Coverage(SampleRows.Journal, SampleRows.Trades).ShouldBe([new LineRange(1, 5)]);
    }

    [Fact]
    public async Task Rows_held_over_all_streams_stay_within_the_budget()
    {
        var rig = new SegmentRig(new SegmentOptions { HeldRows = 2000 });
        for (var i = 0; i < 20; i++)
        {
            var stream = SampleRows.Stream(Channel.Trades, $"tS{i}");
            await rig.Store.AppendAsync(rig.Trades(1 + (i * 100), 100, stream: stream));
            rig.Store.HeldRows.ShouldBeLessThanOrEqualTo(2000);
        }

        await rig.Store.SealAllAsync(EndReasons.Shutdown);
        rig.Store.RowsSealed.ShouldBe(2000);
        rig.Store.HeldRows.ShouldBe(0);
    }

    [Fact]
    public async Task A_quiet_stream_is_sealed_once_its_span_is_over()
    {
        var rig = new SegmentRig();
        await rig.Store.AppendAsync(rig.Trades(1, 5));
        await rig.Store.SealEndedAsync(SampleRows.Morning + SampleRows.Hour);
        rig.Sealed().ShouldBeEmpty();

        await rig.Store.SealEndedAsync(SampleRows.Morning + (16 * SampleRows.Hour));

        rig.Sealed().ShouldHaveSingleItem().Manifest.EndReason.ShouldBe("day");
        rig.Store.Open.ShouldBeEmpty();
    }

    static string Hash(SegmentRig rig, string path) =>
        Convert.ToHexString(SHA256.HashData(rig.Disk.Read($"{SegmentRig.Folder}/{path}")));
}
