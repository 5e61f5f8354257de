using System.Text;
using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;
using Xunit;

namespace Ticklake.Tests.Stores.Segments;

public sealed class SegmentCatalogTests
{
    const string DayFile = "/data/catalog/2025-01-17.jsonl";

    [Fact]
    public async Task A_line_torn_by_a_crash_is_passed_over_and_not_continued()
    {
        var rig = new SegmentRig();
        await SealAsync(rig, 1);
        rig.Disk.Append(DayFile, "{\"path\":\"half"u8);
        rig.Restart();
        await SealAsync(rig, 10);

        var catalog = new SegmentCatalog(SegmentRig.Folder, rig.Disk);
        catalog.Load();

        catalog.Count.ShouldBe(2);
        catalog.Coverage(SampleRows.Journal, SampleRows.Trades).ShouldBe([new LineRange(1, 5), new LineRange(10, 14)]);
        catalog.Entries().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Rebuilding_gives_what_was_lost()
    {
        var rig = new SegmentRig();
        await SealAsync(rig, 1);
        await SealAsync(rig, 10);
        var before = Encoding.UTF8.GetString(rig.Disk.Read(DayFile));
        rig.Disk.Delete(DayFile);
        var catalog = new SegmentCatalog(SegmentRig.Folder, rig.Disk);

        catalog.Rebuild();

        Encoding.UTF8.GetString(rig.Disk.Read(DayFile)).ShouldBe(before);
        catalog.Coverage(SampleRows.Journal, SampleRows.Trades).ShouldBe([new LineRange(1, 5), new LineRange(10, 14)]);
    }

    [Fact]
    public async Task A_segment_shipped_and_removed_still_counts_as_sealed()
    {
        var rig = new SegmentRig();
        await SealAsync(rig, 1);
        foreach (var path in rig.Paths())
            rig.Disk.Delete($"{SegmentRig.Folder}/{path}");

        rig.Restart();

        rig.Catalog.Coverage(SampleRows.Journal, SampleRows.Trades).ShouldBe([new LineRange(1, 5)]);
    }

    [Fact]
    public async Task Coverage_is_kept_apart_by_file_and_stream()
    {
        var rig = new SegmentRig();
        await SealAsync(rig, 1);

        rig.Catalog.Coverage("another", SampleRows.Trades).ShouldBeEmpty();
        rig.Catalog.Coverage(SampleRows.Journal, SampleRows.Stream(Channel.Trades, "tETHUSD")).ShouldBeEmpty();
        rig.Catalog.StreamsFrom(SampleRows.Journal).ShouldBe([SampleRows.Trades]);
    }

    static async Task SealAsync(SegmentRig rig, long firstLine)
    {
        await rig.Store.AppendAsync(rig.Trades(firstLine, 5));
        await rig.Store.SealAllAsync(EndReasons.Flush);
    }
}
