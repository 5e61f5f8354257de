using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Coverage;
using Ticklake.Runtime.Pipeline;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>
/// The completeness ledger of whole recordings. That it agrees with the truth under every fault is part of
/// <see cref="FaultMatrixTests"/>.
/// </summary>
public sealed class CoverageTests
{
    public static TheoryData<string> Venues => [.. RiggedMarket.All.Select(m => m.Venue)];

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task A_run_without_faults_is_complete_for_every_stream_with_rows(string venue)
    {
        await using var rig = await RecordingRig.StartAsync([venue], configure: o => o with
        {
            Markets =
            [
                .. o.Markets.Select(m => m with
                {
                    Derived = [.. m.Streams.Where(s => s.Channel == Channel.Books).Select(DerivedStream.BestPricesOf)],
                }),
            ],
        });
        await rig.AllLiveAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(5));
        await rig.FreezeAsync();
        await rig.StopAsync();

        var lake = new RecordedLake(rig.Data);
        var ledger = CoverageTruth.Of(rig);
        ledger.Select(s => s.Stream).ShouldBe(lake.Streams.Where(s => s.Channel != Channel.Controls), ignoreOrder: true);
        foreach (var stream in ledger)
        {
            stream.Holes.ShouldBeEmpty(rig.Describe());
            stream.Hours.ShouldAllBe(h => h.Verdict == CoverageVerdict.Complete && h.Files.Count > 0);
            stream.Hours.Sum(h => h.Rows).ShouldBe(lake.Rows(stream.Stream), stream.Stream.ToString());
        }
    }

    [Theory]
    [InlineData("bitfinex")]
    [InlineData("binance")]
    public async Task One_run_through_every_fault_agrees_with_the_truth(string venue)
    {
        await using var rig = await RecordingRig.StartAsync([venue]);
        foreach (var fault in FaultCases.All.Where(f => f.Exchange == venue && IsOfThisRun(f)))
        {
            await rig.AllLiveAsync();
            await rig.UntilAsync($"before {fault} the books are whole", () => TrueBooks.AreWhole(rig));
            var about = fault.Faults.Select(rig.Simulator.Faults.Arm).Last().Ordinal;
            await rig.UntilAsync($"{fault} strikes", () => rig.Simulator.Truth.Faults.Any(f => f.Fault == about));
            await rig.PassAsync(fault.Lasts + TimeSpan.FromSeconds(3));
        }

        await rig.AllLiveAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(5));
        await rig.FreezeAsync();
        await rig.BooksAreTrueAsync(venue);
        await rig.StopAsync();
        CoverageTruth.ShouldAgree(rig);
        CoverageTruth.HolesShouldHoldWhatIsMissing(rig, new RecordedLake(rig.Data), venue);

        static bool IsOfThisRun(FaultCase fault) =>
            !fault.IsFromTheStart && fault.BookVariant is null && fault.ReconcileEvery is null;
    }

    [Fact]
    public async Task A_pause_of_the_recorder_is_a_hole_of_every_stream_that_cannot_prove_otherwise()
    {
        await using var rig = await RecordingRig.StartAsync(["bitfinex"]);
        await rig.AllLiveAsync();
        await rig.StopAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(5));
        await rig.StartAgainAsync();
        await rig.FreezeAsync();
        await rig.StopAsync();
        CoverageTruth.ShouldAgree(rig);
        CoverageTruth.Of(rig).ShouldAllBe(s => s.Holes.Any(h => h.Reason == IntegrityKind.Disconnect));
        CoverageTruth.HolesShouldHoldWhatIsMissing(rig, new RecordedLake(rig.Data), "bitfinex");
    }
}
