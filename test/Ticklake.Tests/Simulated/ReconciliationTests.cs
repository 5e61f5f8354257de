using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Recording;
using Ticklake.Runtime.Replay;
using Ticklake.Simulator.Faults;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>Live books against the exchange's own, on simulated exchanges.</summary>
public sealed class ReconciliationTests
{
    public static TheoryData<string> Compared =>
        [.. FaultCases.All.Where(f => f.Name == "book drift").Select(f => f.Exchange)];

    [Theory]
    [MemberData(nameof(Compared))]
    public async Task A_book_that_drifts_without_a_gap_is_found_and_begins_anew(string venue)
    {
        var fault = FaultCases.All.Single(f => f.Exchange == venue && f.Name == "book drift");

        var outcome = await new FaultRun(fault).RunAsync();

        outcome.Failure.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Compared))]
    public async Task A_right_book_is_found_right_and_leaves_a_row(string venue)
    {
        await using var rig = await StartAsync(venue);
        await rig.AllLiveAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(30));
        await rig.FreezeAsync();
        await rig.StopAsync();

        rig.Findings.ShouldBeEmpty(rig.Describe());
        var controls = new RecordedLake(rig.Data).Controls(venue);
        controls.Count(c => c.Kind == "reconciled").ShouldBeGreaterThan(2, Kinds(controls));
        controls.ShouldNotContain(c => c.Kind == "reconcile_failed" || c.Kind == "reconcile", Kinds(controls));
        Directory.Exists(Path.Combine(rig.Data, PostMortem.FolderName)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("binance")]
    [InlineData("binance-usdm")]
    [InlineData("mexc")]
    public async Task A_stale_book_of_the_exchange_is_asked_for_again_and_is_no_drift(string venue)
    {
        await using var rig = await StartAsync(venue);
        await rig.AllLiveAsync();
        await rig.UntilAsync("the books are whole", () => TrueBooks.AreWhole(rig));
        rig.Simulator.Faults.Arm(
            new FaultSpec(FaultKind.StaleSnapshot) { Exchange = venue, Stream = RiggedMarket.Of(venue).Symbol, Times = 2 });
        await rig.UntilAsync("it was asked for", () => rig.Simulator.Truth.Faults.Count >= 2);
        await rig.PassAsync(TimeSpan.FromSeconds(10));
        await rig.FreezeAsync();
        await rig.StopAsync();

        rig.Findings.ShouldBeEmpty(rig.Describe());
        var controls = new RecordedLake(rig.Data).Controls(venue);
        controls.ShouldContain(c => c.Kind == "reconciled", Kinds(controls));
    }

    [Fact]
    public async Task What_was_found_live_is_found_again_by_replaying_and_both_books_are_kept()
    {
        await using var rig = await StartAsync("binance");
        await rig.AllLiveAsync();
        await rig.UntilAsync("the books are whole", () => TrueBooks.AreWhole(rig));
        rig.Simulator.Faults.Arm(new FaultSpec(FaultKind.Drift) { Stream = "btcusdt@depth@100ms", DurationMs = 6_000 });
        await rig.UntilAsync("it is found and healed", () => rig.Findings.Any(f => f.Kind == "resynced"));
        await rig.FreezeAsync();
        await rig.StopAsync();

        var again = new List<string>();
        await GapList.FindAsync(rig.Data, f => again.Add($"{f.Kind} {f.SourceFile} {f.LineNumber} {f.Expected} {f.Seen}"), default);
        again.ShouldBe(
            rig.Findings.Where(f => f.Kind != "resynced")
                .Select(f => $"{f.Kind} {f.SourceFile} {f.LineNumber} {f.Expected} {f.Seen}"));
        var report = await LakeVerification.RunAsync(rig.Data, default);
        report.IsRight.ShouldBeTrue(string.Join("; ", report.Differences));
        var folder = Directory.GetDirectories(Path.Combine(rig.Data, PostMortem.FolderName)).First();
        var (ours, theirs) = (Lines(folder, "ours.txt"), Lines(folder, "exchange.txt"));
        ours.Except(theirs).Concat(theirs.Except(ours)).Count().ShouldBeInRange(1, 4);
    }

    [Theory]
    [InlineData("100", "spot.order_book_update BTC_USDT 100ms")]
    [InlineData("20", "spot.order_book_update BTC_USDT 20ms")]
    public async Task A_book_of_gateios_older_feed_is_compared_too(string levels, string stream)
    {
        var key = new StreamKey(new MarketId("gateio", "spot"), Channel.Books, "BTC_USDT", levels);
        await using var rig = await RecordingRig.StartAsync(["gateio"], configure: o => o with
        {
            Markets = [o.Markets[0] with { Streams = [key] }],
            Session = o.Session with { ReconcileInterval = TimeSpan.FromSeconds(4) },
        });
        await rig.AllLiveAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(20));
        rig.Findings.ShouldBeEmpty(rig.Describe());
        rig.Simulator.Faults.Arm(new FaultSpec(FaultKind.Drift) { Stream = stream, DurationMs = 10_000 });
        await rig.UntilAsync("it is found and healed", () => rig.Findings.Any(f => f.Kind == "resynced"));
        await rig.StopAsync();

        rig.Findings.ShouldAllBe(f => f.Kind == "drift" || f.Kind == "resynced" || f.Kind == "stale_snapshot");
        new RecordedLake(rig.Data).Controls("gateio").ShouldContain(c => c.Kind == "reconciled");
    }

    [Fact]
    public async Task Books_are_compared_in_a_session_that_took_over_too()
    {
        await using var rig = await RecordingRig.StartAsync(["binance"], configure: o => o with
        {
            Session = o.Session with
            {
                ReconcileInterval = TimeSpan.FromSeconds(3),
                RotateAfter = TimeSpan.FromSeconds(20),
                Overlap = TimeSpan.FromSeconds(15),
            },
        });
        await rig.AllLiveAsync();
        var first = rig.Connection.ConnId!;
        await rig.UntilAsync("the next session is at work", () => rig.Connection is { ConnId: { } id, State: "connected" } && id != first);
        var second = rig.Connection.ConnId!;
        await rig.PassAsync(TimeSpan.FromSeconds(12));
        await rig.StopAsync();

        rig.Findings.ShouldBeEmpty(rig.Describe());
        var controls = new RecordedLake(rig.Data).Controls("binance");
        controls.ShouldContain(c => c.Kind == "reconciled" && c.SourceFile.Contains(second), Kinds(controls));
        (await LakeVerification.RunAsync(rig.Data, default)).Differences.ShouldBeEmpty();
    }

    static Task<RecordingRig> StartAsync(string venue) => RecordingRig.StartAsync(
        [venue], configure: o => o with { Session = o.Session with { ReconcileInterval = TimeSpan.FromSeconds(4) } });

    static string[] Lines(string folder, string name) => File.ReadAllLines(Path.Combine(folder, name));

    static string Kinds(IEnumerable<ControlRow> controls) =>
        string.Join(", ", controls.CountBy(c => c.Kind).Select(k => $"{k.Key} {k.Value}"));
}
