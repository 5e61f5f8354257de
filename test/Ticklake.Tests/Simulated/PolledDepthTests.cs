using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Replay;
using Ticklake.Simulator.Faults;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>Order books asked for by REST at an interval, against simulated exchanges.</summary>
public sealed class PolledDepthTests
{
    const int Levels = 100;

    static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("binance")]
    [InlineData("binance-usdm")]
    [InlineData("bybit")]
    [InlineData("bybit-linear")]
    [InlineData("gateio")]
    [InlineData("mexc")]
    [InlineData("okx")]
    [InlineData("okx-swap")]
    [InlineData("okx-futures")]
    // Thirty requests a minute, those for the time among them.
    [InlineData("bitfinex", Levels, 8, false)]
    [InlineData("coinbase", Levels, 2, false)]
    [InlineData("upbit", 30, 2, false)]
    public async Task Every_level_that_the_exchange_answered_with_is_a_row(
        string venue, int levels = Levels, int everySeconds = 2, bool hasIds = true)
    {
        await using var rig = await StartAsync(venue, levels, TimeSpan.FromSeconds(everySeconds));
        await rig.AllLiveAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(10 * everySeconds));
        await SettleAsync(rig);
        await rig.StopAsync();

        // A machine that stalls for a tenth of a second has stalled for one: the late answer is a hole, and rightly declared.
        rig.Findings.Where(f => f.Kind != IntegrityKind.Gap).ShouldBeEmpty(rig.Describe());
        var lake = new RecordedLake(rig.Data);
        var stream = lake.Streams.Single(s => s.Channel == Channel.DepthSnapshots);
        stream.ChannelName.ShouldBe($"depth_snapshots_rest_{levels}");
        var rows = lake.Rows(stream);
        rows.ShouldBeGreaterThan(8 * levels);
        // The last answer may have come when nobody listened any more.
        var served = TrueRows.RestRows(rig.Simulator, stream);
        rows.ShouldBeInRange(served - (2 * levels), served);
        lake.Column(stream, "source").Distinct().Select(s => TrueRows.Text(s!)).ShouldBe(["rest"]);
        lake.Column(stream, "last_update_id").ShouldAllBe(id => id != null == hasIds);
        (await LakeVerification.RunAsync(rig.Data, default)).Differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_or_failed_poll_is_declared_and_the_others_go_on()
    {
        await using var rig = await StartAsync("binance");
        await rig.AllLiveAsync();
        rig.Simulator.Faults.Arm(new FaultSpec(FaultKind.RateLimit) { Exchange = "binance", Stream = "depth", RetryAfterSeconds = 9 });
        await rig.UntilAsync("the hole is found", () => rig.Findings.Any(f => f.Kind == IntegrityKind.Gap));
        await rig.PassAsync(TimeSpan.FromSeconds(6));
        await SettleAsync(rig);
        await rig.StopAsync();

        var lake = new RecordedLake(rig.Data);
        var controls = lake.Controls("binance");
        controls.ShouldContain(c => c.Kind == "snapshot_refused" && c.Detail.Contains("#poll"));
        controls.ShouldContain(c => c.Kind == "poll_skipped");
        var stream = lake.Streams.Single(s => s.Channel == Channel.DepthSnapshots);
        lake.Holes(stream).ShouldContain(g => g.Reason == IntegrityKind.Gap);
        // The last answer may have come when nobody listened any more.
        var served = TrueRows.RestRows(rig.Simulator, stream);
        lake.Rows(stream).ShouldBeInRange(served - (2 * Levels), served);
        (await LakeVerification.RunAsync(rig.Data, default)).Differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task Rows_that_a_crash_has_cost_are_made_again_and_the_pause_is_declared()
    {
        await using var rig = await StartAsync("binance-usdm");
        await rig.AllLiveAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(10));
        await SettleAsync(rig);
        await rig.StopAsync();
        LoseAllButJournals(rig.Data);
        await rig.PassAsync(TimeSpan.FromSeconds(10));
        await rig.StartAgainAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(6));
        await rig.StopAsync();

        var lake = new RecordedLake(rig.Data);
        var stream = lake.Streams.Single(s => s.Channel == Channel.DepthSnapshots);
        lake.Holes(stream).ShouldContain(g => g.Reason == IntegrityKind.Disconnect, rig.Describe());
        var served = TrueRows.RestRows(rig.Simulator, stream);
        lake.Rows(stream).ShouldBeInRange(served - (2 * Levels), served);
        (await LakeVerification.RunAsync(rig.Data, default)).Differences.ShouldBeEmpty();
    }

    static void LoseAllButJournals(string data)
    {
        foreach (var folder in Directory.GetDirectories(data).Where(d => Path.GetFileName(d) != "journal"))
            Directory.Delete(folder, recursive: true);
        foreach (var note in Directory.GetFiles(Path.Combine(data, "journal"), "complete.json", SearchOption.AllDirectories))
            File.Delete(note);
    }

    // Every row that was served is recorded, and one that says that the session was opened.
    static Task SettleAsync(RecordingRig rig) => rig.UntilAsync(
        "the last answer is recorded", () => rig.Status.Counts.Rows > TrueRows.RestRows(rig.Simulator, Key(rig)));

    static StreamKey Key(RecordingRig rig) => rig.Polled[0].Key;

    static Task<RecordingRig> StartAsync(
        string venue, int levels = Levels, TimeSpan? every = null) => RecordingRig.StartAsync(
        [venue],
        configure: o => o with
        {
            Markets = [.. o.Markets.Select(m => m with
            {
                Streams = [],
                Polled = [PolledDepth.Of(m.Market, RiggedMarket.Of(venue).Symbol, levels, every ?? Every)],
            })],
        });
}
