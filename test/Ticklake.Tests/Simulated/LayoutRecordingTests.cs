using Shouldly;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Coverage;
using Ticklake.Runtime.Replay;
using Ticklake.Stores.Segments;
using Ticklake.Tests.Columnar;
using Ticklake.Tests.Runtime.Replay;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>Every layout from socket to proof, through a crash, and with the layout changed after it.</summary>
public sealed class LayoutRecordingTests
{
    const string Template = "lake/{exchange}/{symbol}/[{server}/]{yyyy}/{MM}/{dd}/{channel}-{start}-{number}.{ext}";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("daily", "segments")]
    [InlineData("segments", "daily")]
    [InlineData("hive", Template)]
    [InlineData("archive", "hive")]
    [InlineData(Template, "archive")]
    public async Task A_recording_survives_a_crash_and_a_change_of_layout(string layout, string next)
    {
        await using var rig = await RecordingRig.StartAsync(["bitfinex", "binance"], configure: options => options with
        {
            Segments = new SegmentSettings { Cut = Options(layout) },
        });
        await rig.AllLiveAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(4));
        (await rig.FlushAsync()).ShouldBeGreaterThan(10);
        await rig.PassAsync(TimeSpan.FromSeconds(4));
        await rig.FreezeAsync();
        await rig.StopAsync();
        await ShouldBeRightAsync(rig);
        var sealedBefore = Entries(rig.Data);
        if (!Options(layout).Layout.SealsFolders && layout != "daily")
            sealedBefore.Select(x => Path.GetDirectoryName(x.Path)).Distinct().Count().ShouldBeLessThan(sealedBefore.Count);

        var own = Path.Combine(rig.Data, Path.GetDirectoryName(sealedBefore[0].Path)!, "notes-of-mine.parquet");
        await File.WriteAllTextAsync(own, "not yours", Cancel);
        var crashed = Crash(rig.Data, sealedBefore);
        await SegmentReplay.FillAsync(rig.Data, Cancel, Options(next));

        await ShouldBeRightAsync(rig);
        File.Exists(own).ShouldBeTrue("a file of somebody else's is left alone");
        var after = Entries(rig.Data);
        after.Count(x => sealedBefore.Exists(y => y.Path == x.Path)).ShouldBe(sealedBefore.Count - crashed);
        Directory.EnumerateFiles(rig.Data, "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty();
        Directory.EnumerateFiles(rig.Data, "*.unsealed", SearchOption.AllDirectories).ShouldNotBeEmpty();
        CoverageLedger.Read(rig.Data, after).Faults.ShouldBeEmpty();
        await TwoReplaysAreTheSameAsync(rig.Data, Options(layout));
        foreach (var entry in after.DistinctBy(x => x.Stream.Channel))
            await SegmentCells.ShouldBeTheSameForEveryReaderAsync(Path.Combine(rig.Data, entry.FilePath));
    }

    static SegmentOptions Options(string layout) => new() { Layout = SegmentLayout.Parse(layout), Server = "rig" };

    static List<CatalogEntry> Entries(string lake) => [.. new SegmentCatalog(lake, DiskFileSystem.Instance).Entries()];

    static async Task ShouldBeRightAsync(RecordingRig rig)
    {
        var lake = new RecordedLake(rig.Data);
        TrueRows.ShouldBeComplete(rig, lake, "bitfinex");
        TrueRows.ShouldBeComplete(rig, lake, "binance");
        (await LakeVerification.RunAsync(rig.Data, Cancel)).Differences.ShouldBeEmpty();
    }

    /// <summary>Leaves what a process leaves that dies while it seals: the states of each third of the segments.</summary>
    static int Crash(string lake, List<CatalogEntry> entries)
    {
        Directory.Delete(Path.Combine(lake, "catalog"), recursive: true);
        foreach (var marker in Directory.EnumerateFiles(lake, "complete.json", SearchOption.AllDirectories))
            File.Delete(marker);
        var crashed = 0;
        foreach (var (index, entry) in entries.Index())
        {
            var (manifest, file) = (Path.Combine(lake, entry.Path), Path.Combine(lake, entry.FilePath));
            if (index % 3 == 0)
                continue;
            crashed++;
            if (index % 3 == 1)
                File.Delete(manifest);
            else if (SegmentFolders.ManifestName == Path.GetFileName(manifest))
                Unseal(Path.GetDirectoryName(manifest)!);
            else
            {
                File.Move(file, Hidden(file));
                File.Move(manifest, Hidden(manifest));
            }
        }

        // The presets need no note; a template is known by it.
        var notes = Path.Combine(lake, "catalog", KnownLayouts.FileName);
        Directory.CreateDirectory(Path.GetDirectoryName(notes)!);
        File.WriteAllText(notes, Template + "\n");
        return crashed;
    }

    static string Hidden(string path) => Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.tmp");

    // As it was before the rename: seg=20250117T080000Z--20250117T085959Z--size~1MB without what is known at the end.
    static void Unseal(string folder)
    {
        var parts = Path.GetFileName(folder).Split("--");
        Directory.Move(folder, Path.Combine(Path.GetDirectoryName(folder)!, $".{parts[0]}----size~MB.tmp"));
    }

    static async Task TwoReplaysAreTheSameAsync(string lake, SegmentOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("ticklake-layout-").FullName;
        try
        {
            var (once, twice) = (Path.Combine(folder, "once"), Path.Combine(folder, "twice"));
            await SegmentReplay.RemakeAsync(lake, once, Cancel, options);
            await SegmentReplay.RemakeAsync(lake, twice, Cancel, options);
            LakeTestFolder.Tree(twice).ShouldBe(LakeTestFolder.Tree(once));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
