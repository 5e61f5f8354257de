using Shouldly;
using Ticklake.Runtime.Replay;
using Ticklake.Stores.Segments;
using Xunit;

namespace Ticklake.SystemTests.Crash;

/// <summary>A lake whose format of segments is changed again and again, by recorders that are killed.</summary>
public sealed class FormatTests
{
    const double EventsPerSecond = 400;
    const int Rounds = 3;

    [Fact]
    public async Task Recorders_of_different_formats_that_are_killed_leave_a_lake_without_differences()
    {
        var random = new Random(20261121);
        await using var lake = await SimulatedLake.CreateAsync(EventsPerSecond, seed: 17);
        for (var life = 0; life < Rounds * SegmentFormat.All.Count; life++)
        {
            lake.Configure(SegmentFormat.All[life % SegmentFormat.All.Count].Name);
            using var recorder = lake.Record();
            await recorder.ConnectedAsync();
            await Task.Delay(random.Next(1200, 2500));
            (await recorder.KillAsync()).ShouldBeTrue();
            File.Delete(Path.Combine(lake.Data, "budgets.json"));
        }

        lake.Configure("csv");
        using (var recorder = lake.Record())
        {
            await recorder.ConnectedAsync();
            recorder.RequestStop();
            (await recorder.ExitAsync()).ShouldBe(0, recorder.Log);
        }

        await lake.StopExchangesAsync();
        var report = await LakeVerification.RunAsync(lake.Data, CancellationToken.None);
        report.Differences.Select(x => x.ToString()).ShouldBeEmpty();
        report.SegmentRows.ShouldBe(report.DerivedRows);
        report.SegmentRows.ShouldBeGreaterThan(1000);
        var catalog = new SegmentCatalog(lake.Data, DiskFileSystem.Instance);
        catalog.Manifests().Select(x => SegmentFormat.OfName(x.FilePath)!.Name).Distinct().Order()
            .ShouldBe(["arrow", "csv", "parquet"]);
    }
}
