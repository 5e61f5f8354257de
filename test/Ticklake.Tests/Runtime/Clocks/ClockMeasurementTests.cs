using Shouldly;
using Ticklake.Runtime.Clocks;
using Xunit;

namespace Ticklake.Tests.Runtime.Clocks;

public sealed class ClockMeasurementTests
{
    const int Seed = 20261121;

    static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    public void The_true_offset_always_lies_within_the_bounds(int resolutionUs)
    {
        var random = new Random(Seed);
        for (var run = 0; run < 5_000; run++)
        {
            var truth = TimeSpan.FromMicroseconds(random.NextInt64(-5_000_000, 5_000_000));
            var samples = Enumerable.Range(0, 5)
                .Select(i => Ask(random, Start.AddMilliseconds((370 * i) + random.Next(50)), truth, resolutionUs)).ToList();
            var slack = TimeSpan.FromMicroseconds(resolutionUs);
            var measured = ClockMeasurement.Of(samples, slack, "test", Start).ShouldNotBeNull();
            Math.Abs(measured.OffsetUs - truth.TotalMicroseconds)
                .ShouldBeLessThanOrEqualTo(measured.UncertaintyUs, $"seed {Seed}, run {run}: {truth} {measured}");
            measured.UncertaintyUs.ShouldBeLessThanOrEqualTo(
                (long)(samples.Min(s => s.Rtt) + slack).TotalMicroseconds / 2 + 2, "the quickest answer bounds it");
        }
    }

    [Fact]
    public void Whole_seconds_seen_at_several_places_say_more_than_one_of_them()
    {
        var samples = Enumerable.Range(0, 5).Select(i =>
        {
            var sent = Start.AddMilliseconds(370 * i);
            var told = Start.AddSeconds(Math.Floor((sent - Start).TotalSeconds));
            return new ClockSample(sent, TimeSpan.FromMilliseconds(10), told);
        }).ToList();
        ClockMeasurement.Of(samples, TimeSpan.FromSeconds(1), "http date", Start)!.UncertaintyUs.ShouldBeLessThan(200_000);
    }

    [Fact]
    public void Where_answers_contradict_each_other_the_quickest_counts()
    {
        ClockSample[] samples =
        [
            new(Start, TimeSpan.FromMilliseconds(40), Start.AddSeconds(3)),
            new(Start, TimeSpan.FromMilliseconds(10), Start.AddSeconds(1)),
        ];
        var measured = ClockMeasurement.Of(samples, TimeSpan.Zero, "test", Start)!;
        measured.OffsetUs.ShouldBe(995_000);
        measured.UncertaintyUs.ShouldBe(5_001);
        measured.RttUs.ShouldBe(10_000);
    }

    [Fact]
    public void Without_an_answer_nothing_is_known() => ClockMeasurement.Of([], TimeSpan.Zero, "test", Start).ShouldBeNull();

    [Fact]
    public void Latencies_are_corrected_only_where_the_clocks_certainly_differ()
    {
        var clock = new ServerClock();
        clock.CorrectionUs.ShouldBe(0);
        clock.Latest = new ClockMeasurement(-3_000, 500, 1_000, "test", Start);
        (clock.CorrectionUs, clock.Latest.LatencyUncertaintyUs).ShouldBe((-3_000, 500));
        clock.Latest = new ClockMeasurement(100_000, 500_000, 1_000, "http date", Start);
        (clock.CorrectionUs, clock.Latest.LatencyUncertaintyUs).ShouldBe((0, 600_000));
    }

    [Fact]
    public void Only_what_is_certain_is_a_warning()
    {
        var measured = new ClockMeasurement(-300_000, 60_000, 1_000, "test", Start);
        measured.CertainlyExceeds(TimeSpan.FromMilliseconds(250)).ShouldBeFalse();
        measured.CertainlyExceeds(TimeSpan.FromMilliseconds(230)).ShouldBeTrue();
    }

    // The way there and the way back take their own time; the server looks at its clock in between.
    static ClockSample Ask(Random random, DateTimeOffset sent, TimeSpan offset, int resolutionUs)
    {
        var (there, back) = (TimeSpan.FromMicroseconds(random.Next(1, 200_000)), TimeSpan.FromMicroseconds(random.Next(1, 200_000)));
        var server = sent + there + offset;
        var unit = resolutionUs * TimeSpan.TicksPerMicrosecond;
        var told = new DateTimeOffset(server.UtcTicks / unit * unit, TimeSpan.Zero);
        return new ClockSample(sent, there + back, told);
    }
}
