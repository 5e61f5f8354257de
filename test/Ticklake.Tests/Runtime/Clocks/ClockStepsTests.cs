using Shouldly;
using Ticklake.Runtime.Clocks;
using Xunit;

namespace Ticklake.Tests.Runtime.Clocks;

public sealed class ClockStepsTests
{
    readonly TwoClocks _clock = new();

    [Fact]
    public void Time_that_passes_is_no_step()
    {
        var steps = new ClockSteps(_clock);
        for (var i = 0; i < 100; i++)
        {
            _clock.Pass(TimeSpan.FromSeconds(10));
            steps.Look().ShouldBeNull();
        }
    }

    [Theory]
    [InlineData(1_700)]
    [InlineData(-60)]
    [InlineData(3_600_000)]
    public void A_step_is_found_once_with_its_length(int milliseconds)
    {
        var steps = new ClockSteps(_clock);
        _clock.Pass(TimeSpan.FromSeconds(10));
        _clock.Step(TimeSpan.FromMilliseconds(milliseconds));
        steps.Look().ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
        _clock.Pass(TimeSpan.FromSeconds(10));
        steps.Look().ShouldBeNull();
    }

    sealed class TwoClocks : TimeProvider
    {
        DateTimeOffset _wall = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);
        long _monotonic;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan span)
        {
            _wall += span;
            _monotonic += span.Ticks;
        }

        public void Step(TimeSpan span) => _wall += span;

        public override DateTimeOffset GetUtcNow() => _wall;

        public override long GetTimestamp() => _monotonic;
    }
}
