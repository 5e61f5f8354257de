using System.Text.Json;
using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Replay;
using Ticklake.Runtime.Sessions;
using Ticklake.Stores.Segments;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>Compaction and retention by the recorder itself, while it records.</summary>
public sealed class UpkeepTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    static readonly SegmentOptions ManySmall = new() { Rotate = TimeSpan.FromSeconds(2), RowGroupRows = 200 };

    [Fact]
    public async Task Small_segments_are_merged_and_nothing_else_changes()
    {
        await using var rig = await RecordingRig.StartAsync(["bitfinex", "binance"], configure: options => options with
        {
            FinishInterval = TimeSpan.FromSeconds(3),
            // A day counts as over before it has begun: today's segments are merged while more are being sealed.
            Segments = new SegmentSettings { Cut = ManySmall, CompactAfter = TimeSpan.FromDays(-2) },
        });
        await rig.AllLiveAsync();
        await rig.UntilAsync("segments are merged twice over", () => Sealed(rig).Any(IsMergedAgain));
        await rig.FreezeAsync();
        await rig.StopAsync();

        var lake = new RecordedLake(rig.Data);
        TrueRows.ShouldBeComplete(rig, lake, "bitfinex");
        TrueRows.ShouldBeComplete(rig, lake, "binance");
        CoverageTruth.ShouldAgree(rig);
        var report = await LakeVerification.RunAsync(rig.Data, TestContext.Current.CancellationToken);
        report.Differences.ShouldBeEmpty();
        report.SegmentRows.ShouldBe(report.DerivedRows);
        (await SegmentReplay.FillAsync(rig.Data, TestContext.Current.CancellationToken)).SegmentsSealed.ShouldBe(0);

        static bool IsMergedAgain(CatalogEntry entry) =>
            entry.Manifest.Replaces.Any(x => x.Path.Contains("-m", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_lake_has_no_room_for_goes_and_is_declared()
    {
        await using var rig = await RecordingRig.StartAsync(["binance"], configure: options => options with
        {
            FinishInterval = TimeSpan.FromSeconds(3),
            Segments = new SegmentSettings { Cut = ManySmall },
            Disk = new DiskOptions { Budget = 200_000 },
        });
        await rig.AllLiveAsync();
        await rig.UntilAsync("segments are given up", () => Ever(rig).Count(x => x.Retired is not null) > 10);
        await rig.PassAsync(TimeSpan.FromSeconds(2));
        await rig.FreezeAsync();
        await rig.StopAsync();

        var retired = Ever(rig).Where(x => x.Retired is not null).ToList();
        retired.ShouldAllBe(x => x.Retired!.Reason == RetireReasons.Disk && x.Stream.Channel != Channel.Controls);
        retired.ShouldAllBe(x => !File.Exists(Path.Combine(rig.Data, x.FilePath)) && !File.Exists(Path.Combine(rig.Data, x.Path)));
        var declared = new RecordedLake(rig.Data).Controls("binance").Where(x => x.Kind == "segments_retired")
            .Select(x => JsonDocument.Parse(x.Detail).RootElement).ToList();
        declared.Sum(x => x.GetProperty("segments").GetInt64()).ShouldBe(retired.Count);
        declared.Sum(x => x.GetProperty("rows").GetInt64()).ShouldBe(retired.Sum(x => x.Manifest.Rows));
        var report = await LakeVerification.RunAsync(rig.Data, TestContext.Current.CancellationToken);
        report.Differences.ShouldBeEmpty();
        report.Notes.ShouldContain(x => x.Contains("given up on purpose (disk)", StringComparison.Ordinal));
        (await SegmentReplay.FillAsync(rig.Data, TestContext.Current.CancellationToken)).SegmentsSealed.ShouldBe(0);
        new SegmentCatalog(rig.Data, DiskFileSystem.Instance).Rebuild();
        Ever(rig).Count(x => x.Retired is not null).ShouldBe(retired.Count);
    }

    [Fact]
    public async Task A_disk_nearly_full_costs_polled_depth_first_then_books_and_never_trades()
    {
        await using var rig = await RecordingRig.StartAsync(["binance"], configure: options => options with
        {
            FinishInterval = TimeSpan.FromSeconds(1),
            Disk = new DiskOptions { Reserve = 9_000 },
            Markets = [.. options.Markets.Select(m => m with { Polled = [PolledDepth.Of(m.Market, RiggedMarket.Of("binance").Symbol, 100, Second)] })],
        });
        await rig.AllLiveAsync();
        var all = Live(rig);

        rig.FreeBytes = 5_000;
        await rig.UntilAsync("the polls pause", () => rig.Status.LeftOut == "polled depth");
        await rig.PassAsync(TimeSpan.FromSeconds(5));
        Live(rig).ShouldBe(all, "books and trades go on");

        rig.FreeBytes = 2_000;
        await rig.UntilAsync("the books are given up", () => Live(rig) < all);
        rig.FreeBytes = 8_000;
        await rig.PassAsync(TimeSpan.FromSeconds(5));
        Live(rig).ShouldBeLessThan(all, "not before all of the reserve is free again");
        rig.FreeBytes = 9_000;
        await rig.UntilAsync("the books come back", () => Live(rig) == all);
        await rig.PassAsync(TimeSpan.FromSeconds(5));
        await rig.FreezeAsync();
        await rig.StopAsync();

        var lake = new RecordedLake(rig.Data);
        TrueRows.TradesShouldBeTrue(rig, lake, "binance");
        var controls = lake.Controls("binance");
        controls.Where(x => x.Kind is "disk_low" or "disk_recovered")
            .Select(x => JsonDocument.Parse(x.Detail).RootElement.GetProperty("leaves_out").GetString())
            .ShouldBe(["polled depth", "polled depth, books", ""]);
        controls.Count(x => x.Kind == "poll_skipped" && x.Detail.Contains(Thrift.Reason, StringComparison.Ordinal)).ShouldBeGreaterThan(2);
        controls.ShouldContain(x => x.Kind == "stream_given_up" && x.Detail.Contains(Thrift.Reason, StringComparison.Ordinal));
        (await LakeVerification.RunAsync(rig.Data, TestContext.Current.CancellationToken)).Differences.ShouldBeEmpty();
    }

    static int Live(RecordingRig rig) => rig.Connections.Where(c => c.State == "connected").Sum(c => c.Live);

    static List<CatalogEntry> Sealed(RecordingRig rig) => [.. Ever(rig).Where(x => x.Retired is null)];

    static List<CatalogEntry> Ever(RecordingRig rig) =>
        [.. new SegmentCatalog(rig.Data, DiskFileSystem.Instance).EverSealed()];
}
