using Shouldly;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;
using Xunit;

namespace Ticklake.Tests.Stores.Segments;

/// <summary>On which side of a boundary a row lands, and how large a file becomes.</summary>
public sealed class SegmentBoundaryTests
{
    const long Minute = 60_000_000;

    /// <summary>2025-01-18T00:00:00Z in microseconds.</summary>
    const long Midnight = SampleRows.Morning + (16 * SampleRows.Hour);

    public static TheoryData<string> Layouts =>
        [.. SegmentLayout.All.Select(x => x.Name), "{exchange}@{channel}@{symbol}/{yyyy}{MM}{dd}-{unix_ms}.{ext}"];

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task The_last_microsecond_of_a_day_lies_in_it_and_the_next_one_does_not(string layout)
    {
        var rig = await AroundAsync(layout, Midnight);

        var entries = rig.Sealed();
        entries.Select(x => (UtcText.Micros(x.Manifest.FirstRecvUs), x.Manifest.Rows, x.Manifest.EndReason)).ShouldBe(
        [
            ("2025-01-17T23:59:59.999999Z", 1, rig.Options.Layout.Boundary.TotalHours > 1 ? "day" : "hour"),
            ("2025-01-18T00:00:00.000000Z", 1, "shutdown"),
        ]);
        var isHourly = rig.Options.Layout.Boundary.TotalHours == 1;
        Digits(entries[0]).ShouldContain(isHourly ? "2025011723" : "20250117", Case.Sensitive, entries[0].Path);
        Digits(entries[1]).ShouldContain(isHourly ? "2025011800" : "20250118", Case.Sensitive, entries[1].Path);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task The_hour_divides_where_the_path_tells_the_hour_alone(string layout)
    {
        var rig = await AroundAsync(layout, SampleRows.Morning + SampleRows.Hour);

        var rows = rig.Sealed().Select(x => x.Manifest.Rows);
        rows.ShouldBe(rig.Options.Layout.Boundary.TotalHours > 1 ? [2] : [1, 1]);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Whatever_rows_come_no_segment_crosses_a_boundary_and_no_frame_lies_in_two(string layout)
    {
        var random = new Random(20261121);
        var rig = new SegmentRig(Options(layout) with { RowGroupRows = 20, MaxBytes = 4000 });
        var (at, line, rows) = (Midnight - SampleRows.Hour, 1L, 0L);
        while (at < Midnight + SampleRows.Hour)
        {
            var batch = SampleRows.TradeBatch(rig.Pool);
            for (var frames = random.Next(1, 30); frames > 0; frames--, line++)
            {
                at += random.Next(0, 3) == 0 ? random.NextInt64(Minute) : random.Next(2);
                for (var row = 0; row < random.Next(1, 5); row++, rows++)
                    batch.Add(new RowStamp(at, line, row), SampleRows.Trade(line));
            }

            if (batch.Count > 0)
                await rig.Store.AppendAsync(batch);
        }

        await rig.Store.SealAllAsync(EndReasons.Shutdown);
        var entries = rig.Sealed();
        entries.Sum(x => x.Manifest.Rows).ShouldBe(rows);
        entries.Count(x => x.Manifest.EndReason == EndReasons.Size).ShouldBeGreaterThan(3);
        var boundary = rig.Options.Layout.Boundary.Ticks / TimeSpan.TicksPerMicrosecond;
        entries.ShouldAllBe(x => x.Manifest.FirstRecvUs / boundary == x.Manifest.LastRecvUs / boundary);
        var ranges = entries.SelectMany(x => x.Manifest.Journal).OrderBy(x => x.FirstLine).ToList();
        ranges.Zip(ranges.Skip(1)).ShouldAllBe(x => x.First.LastLine < x.Second.FirstLine);
    }

    [Theory]
    [InlineData(20_000, 500)]
    [InlineData(10_000, 2_000)]
    [InlineData(200_000, 100)]
    public async Task A_file_is_as_large_as_it_may_be_and_a_row_group_larger_at_most(long most, int groupRows)
    {
        var one = await SealedAsync(groupRows, groupRows, long.MaxValue);
        var group = one.ShouldHaveSingleItem().Manifest.Bytes;

        var entries = await SealedAsync(60_000, groupRows, most);

        entries.Count.ShouldBeGreaterThan(3);
        var full = entries.Where(x => x.Manifest.EndReason == EndReasons.Size).ToList();
        full.Count.ShouldBeGreaterThanOrEqualTo(entries.Count - 1);
        // The footer has an entry for each row group: beyond the last one it is what the bound cannot foresee.
        full.ShouldAllBe(x => x.Manifest.Bytes >= most && x.Manifest.Bytes <= most + group + Footer(x, groupRows));
    }

    // A row group takes some three kilobytes of footer and page index, whatever it holds.
    static long Footer(CatalogEntry entry, int groupRows) => 4_000 * (1 + (entry.Manifest.Rows / groupRows));

    static async Task<IReadOnlyList<CatalogEntry>> SealedAsync(int rows, int groupRows, long most)
    {
        var rig = new SegmentRig(new SegmentOptions { RowGroupRows = groupRows, MaxBytes = most });
        for (var line = 1; line <= rows; line += 50)
            await rig.Store.AppendAsync(rig.Trades(line, 50));
        await rig.Store.SealAllAsync(EndReasons.Shutdown);
        var entries = rig.Sealed();
        // What the manifest says is what lies on the disk.
        foreach (var entry in entries)
            rig.Disk.Read($"{SegmentRig.Folder}/{entry.FilePath}").LongLength.ShouldBe(entry.Manifest.Bytes);
        return entries;
    }

    static async Task<SegmentRig> AroundAsync(string layout, long boundary)
    {
        var rig = new SegmentRig(Options(layout));
        var batch = SampleRows.TradeBatch(rig.Pool);
        batch.Add(new RowStamp(boundary - 1, 1, 0), SampleRows.Trade(1));
        batch.Add(new RowStamp(boundary, 2, 0), SampleRows.Trade(2));
        await rig.Store.AppendAsync(batch);
        await rig.Store.SealAllAsync(EndReasons.Shutdown);
        return rig;
    }

    static SegmentOptions Options(string layout) => new() { Layout = SegmentLayout.Parse(layout) };

    /// <summary>The digits of the path, but those of the folder that is called v2.</summary>
    static string Digits(CatalogEntry entry) =>
        string.Concat(entry.Path.Replace("v2", "", StringComparison.Ordinal).Where(char.IsAsciiDigit));
}
