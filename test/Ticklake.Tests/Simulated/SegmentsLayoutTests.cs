using Shouldly;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Replay;
using Ticklake.Stores.Segments;
using Ticklake.Tests.Columnar;
using Ticklake.Tests.Runtime.Replay;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>The layout <c>segments</c> from socket to proof, by recording and by replay.</summary>
public sealed class SegmentsLayoutTests
{
    static readonly SegmentOptions InFolders = new() { Layout = SegmentLayout.Segments };

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_recording_holds_exactly_what_was_sent_and_verifies()
    {
        await using var rig = await RecordingRig.StartAsync(["bitfinex", "binance"], configure: options => options with
        {
            Segments = new SegmentSettings { Cut = InFolders },
        });
        await rig.AllLiveAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(5));
        (await rig.FlushAsync()).ShouldBeGreaterThan(10);
        await rig.PassAsync(TimeSpan.FromSeconds(5));
        await rig.FreezeAsync();
        await rig.StopAsync();

        var lake = new RecordedLake(rig.Data);
        foreach (var file in lake.Streams.SelectMany(lake.Files))
        {
            var folder = Path.GetDirectoryName(file)!;
            file.ShouldContain("/v2/");
            Path.GetFileName(folder).ShouldStartWith("seg=");
            File.Exists(Path.Combine(folder, "manifest.json")).ShouldBeTrue();
        }

        TrueRows.ShouldBeComplete(rig, lake, "bitfinex");
        TrueRows.ShouldBeComplete(rig, lake, "binance");
        (await LakeVerification.RunAsync(rig.Data, Cancel)).Differences.ShouldBeEmpty();
        await TwoReplaysAreTheSameAsync(rig.Data);
        foreach (var file in lake.Streams.Select(stream => lake.Files(stream)[0]))
            await SegmentCells.ShouldBeTheSameForEveryReaderAsync(file);
    }

    [Fact]
    public async Task An_import_is_replayed_into_folders_and_verifies()
    {
        using var lake = await LakeTestFolder.CreateAsync(InFolders);
        lake.Segments.ShouldAllBe(x => x.Contains("/v2/", StringComparison.Ordinal));
        var report = await lake.VerifyAsync();
        report.Differences.ShouldBeEmpty();
        report.UnverifiableRows.ShouldBe(0);
        report.SegmentRows.ShouldBe(report.DerivedRows);
        await TwoReplaysAreTheSameAsync(lake.Path);
    }

    static async Task TwoReplaysAreTheSameAsync(string lake)
    {
        var folder = Directory.CreateTempSubdirectory("ticklake-layout-").FullName;
        try
        {
            var (once, twice) = (Path.Combine(folder, "once"), Path.Combine(folder, "twice"));
            await SegmentReplay.RemakeAsync(lake, once, Cancel, InFolders);
            await SegmentReplay.RemakeAsync(lake, twice, Cancel, InFolders);
            var files = LakeTestFolder.Tree(once);
            files.Keys.ShouldContain(x => x.EndsWith(".parquet", StringComparison.Ordinal));
            LakeTestFolder.Tree(twice).ShouldBe(files);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
