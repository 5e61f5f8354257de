using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Runtime.Clocks;
using Ticklake.Runtime.Replay;
using Ticklake.Runtime.Sessions;
using Ticklake.Simulator;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>The offset of every exchange's clock, against simulated ones that go wrong by a known amount.</summary>
public sealed class ServerClockTests
{
    public static TheoryData<string> Venues => [.. RiggedMarket.All.Select(m => m.Venue)];

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task The_offset_of_every_market_is_measured_within_its_own_bounds(string venue)
    {
        foreach (var milliseconds in new[] { 1_700, -840, 0 })
        {
            var truth = TimeSpan.FromMilliseconds(milliseconds);
            await using var simulator = await ExchangeSimulator.StartAsync(new SimulatorOptions
            {
                IsManual = true,
                ClockSkews = new Dictionary<string, TimeSpan> { [venue] = truth },
            });
            var market = RiggedMarket.Of(venue).Options(simulator);
            var clock = new StandingClock(simulator.Now);
            // The clock stands: nobody could wait for a real limit.
            var limit = new RestLimit(1_000, TimeSpan.FromMinutes(1));
            using var budget = new RateBudget(RateLimit.Of(limit), clock);
            using var fetcher = new SnapshotFetcher(
                market.Endpoints.Rest, budget, limit, market.Routes.First, clock, NullLogger.Instance);
            var source = market.Exchange.TimeSourceOf(market.Market);
            var declared = new List<Occurrence>();
            var watch = new ClockWatch(
                market.Market, source, new ClockSettings(), fetcher, clock, NullLogger.Instance)
            { Declare = declared.Add };

            await watch.MeasureAsync(CancellationToken.None);

            var measured = watch.Known.Latest.ShouldNotBeNull();
            Math.Abs(measured.OffsetUs - truth.TotalMicroseconds).ShouldBeLessThanOrEqualTo(measured.UncertaintyUs, measured.ToString());
            measured.UncertaintyUs.ShouldBeLessThanOrEqualTo(
                (long)source!.Slack.TotalMicroseconds / 2 + 2, "nothing but the source's resolution is left open");
            declared.ShouldHaveSingleItem().Name.ShouldBe("clock_offset");
        }
    }

    [Fact]
    public async Task The_offset_is_a_row_and_corrects_the_latencies()
    {
        var skew = TimeSpan.FromMilliseconds(1_700);
        await using var rig = await RecordingRig.StartAsync(["binance"], simulate: s => s with
        {
            ClockSkews = new Dictionary<string, TimeSpan> { ["binance"] = skew },
            // The rig lets five seconds pass before it starts the recorder.
            StartTime = TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(5),
        });
        await rig.AllLiveAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(10));
        await rig.FreezeAsync();
        var status = rig.Status;
        await rig.StopAsync();

        var clock = status.Clocks.ShouldHaveSingleItem();
        clock.Source.ShouldBe("/api/v3/time");
        // The simulation follows the recorder's clock in steps, on a busy machine seconds behind: its lag is in the figure.
        clock.OffsetUs.ShouldBeInRange(-8_000_000, 1_800_000, rig.Describe());
        // By our own clock it would be the simulation's lag alone, milliseconds unless the machine is busy.
        status.Counts.LatencyP50Us.ShouldNotBeNull().ShouldBeInRange(1L << 21, 1L << 23);
        status.LatencyUncertaintyUs.ShouldBe(clock.UncertaintyUs);
        var rows = new RecordedLake(rig.Data).Controls("binance").Where(c => c.Kind == "clock_offset")
            .ToList();
        rows[^1].Detail.ShouldBe(
            $$"""{"e":"clock_offset","offset_us":{{clock.OffsetUs}},"uncertainty_us":{{clock.UncertaintyUs}},"rtt_us":{{clock.RttUs}},"source":"/api/v3/time"}""");
        var verification = await LakeVerification.RunAsync(rig.Data, CancellationToken.None);
        verification.IsRight.ShouldBeTrue(string.Join("\n", verification.Differences));
    }

    [Theory]
    [InlineData("""{"serverTime":"soon"}""")]
    [InlineData("""{}""")]
    [InlineData("""<html>""")]
    [InlineData("""{"serverTime":99999999999999999999999999}""")]
    public void An_answer_that_tells_no_time_is_no_time(string body) => ServerTimeSource.Milliseconds("/time", "serverTime")
        .Read(System.Text.Encoding.UTF8.GetBytes(body)).ShouldBeNull();

    sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;

        public override long GetTimestamp() => 0;
    }
}
