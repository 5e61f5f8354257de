using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Replay;
using Ticklake.Simulator.Faults;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>Connections that change on purpose, and several of one market.</summary>
public sealed class RecorderConnectionTests
{
    [Theory]
    [InlineData("bitfinex")]
    [InlineData("binance")]
    public async Task Planned_rotations_lose_nothing_and_repeat_nothing(string exchange)
    {
        await using var rig = await RecordingRig.StartAsync([exchange], configure: o => o with
        {
            Session = o.Session with { RotateAfter = TimeSpan.FromSeconds(20), Overlap = TimeSpan.FromMinutes(2) },
        });
        await rig.AllLiveAsync();
        var seen = new HashSet<string?>();
        await rig.UntilAsync("two sessions have followed the first", () =>
        {
            seen.Add(rig.Connection.ConnId);
            return seen.Count > 2 && rig.IsLive;
        });
        await rig.FreezeAsync();
        await rig.BooksAreTrueAsync(exchange);
        await rig.StopAsync();

        var lake = new RecordedLake(rig.Data);
        TrueRows.TradesShouldBeComplete(rig, lake, exchange);
        rig.Findings.ShouldBeEmpty(rig.Describe());
        lake.Streams.SelectMany(lake.Holes).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("bitfinex", "trades:tBTCUSD")]
    [InlineData("binance", "btcusdt@trade")]
    public async Task A_replacement_that_does_not_deliver_is_given_up_and_the_healthy_session_goes_on(string exchange, string trades)
    {
        // The second connection is the first replacement.
        var silent = new FaultSpec(FaultKind.SilentSubscription) { Exchange = exchange, Stream = trades, Connection = 2 };
        await using var rig = await RecordingRig.StartAsync([exchange], [silent], o => o with
        {
            Session = o.Session with { RotateAfter = TimeSpan.FromSeconds(20), Overlap = TimeSpan.FromSeconds(15) },
        });
        await rig.AllLiveAsync();
        var first = rig.Connection.ConnId;
        await rig.UntilAsync("the first replacement is given up", () => Dropped(rig).Count > 0);
        rig.Connection.ConnId.ShouldBe(first, rig.Describe());
        await rig.UntilAsync("the next one takes over", () => rig.Connection.ConnId != first && rig.IsLive);
        await rig.FreezeAsync();
        await rig.StopAsync();

        var lake = new RecordedLake(rig.Data);
        TrueRows.TradesShouldBeComplete(rig, lake, exchange);
        rig.Findings.ShouldBeEmpty(rig.Describe());
        lake.Streams.SelectMany(lake.Holes).ShouldBeEmpty();
        lake.Controls(exchange).Count(c => c.Kind == StandbyVerdict.TookOver).ShouldBeGreaterThan(0);
        var dropped = Dropped(rig).ShouldHaveSingleItem();
        SessionMarker.Find(dropped).ShouldNotBeNull("it is finished, a restart has nothing to do");
        var verification = await LakeVerification.RunAsync(rig.Data, CancellationToken.None);
        verification.IsRight.ShouldBeTrue(string.Join("\n", verification.Differences));
    }

    static IReadOnlyList<JournalSession> Dropped(RecordingRig rig) =>
        [.. JournalFolder.Sessions(rig.Data).Where(s => StandbyVerdict.WasDropped(s) && SessionMarker.Find(s) is not null)];

    [Fact]
    public async Task A_lost_connection_leaves_the_books_of_the_others_alone()
    {
        await using var rig = await RecordingRig.StartAsync(["binance"], configure: o => o with
        {
            Markets = [.. o.Markets.Select(m => m with { MaxStreamsPerConnection = 1 })],
        });
        await rig.AllLiveAsync();
        rig.Connections.Count.ShouldBe(6);
        var truth = rig.Simulator.Truth;
        var ofTrades = truth.Connections.Single(c => truth.Frames(c.Ordinal).Any(f => f.Stream == "btcusdt@trade"));
        rig.Simulator.Faults.Arm(new FaultSpec(FaultKind.Reset) { Connection = ofTrades.Ordinal });
        await rig.UntilAsync("it is back", () => rig.IsLive && rig.Connections.Any(c => c.Reconnects > 0));
        await rig.PassAsync(TimeSpan.FromSeconds(3));
        await rig.FreezeAsync();
        await rig.StopAsync();

        rig.Findings.Where(f => f.Stream?.Channel != Channel.Trades || f.Kind != IntegrityKind.Gap).ShouldBeEmpty(rig.Describe());
        var lake = new RecordedLake(rig.Data);
        foreach (var stream in lake.Streams.Where(s => s.Channel is not (Channel.Controls or Channel.Trades)))
            lake.Rows(stream).ShouldBe(TrueRows.Expected(rig.Simulator, stream), stream + rig.Describe());
    }
}
