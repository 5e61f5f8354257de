using Shouldly;
using Ticklake.Runtime.Pipeline;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

public sealed class PipelineCountersTests
{
    [Theory]
    [InlineData(-5, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(1024, 1024)]
    [InlineData(1025, 2048)]
    [InlineData(long.MaxValue, 1L << 27)]
    public void A_latency_lies_at_or_below_its_bucket(long latency, long bucket)
    {
        var counters = new PipelineCounters();
        counters.LatencyUs(0.5).ShouldBeNull();
        counters.AddLatency(latency);
        counters.LatencyUs(0.5).ShouldBe(bucket);
    }

    [Fact]
    public void Shares_are_counted_over_all_frames()
    {
        var counters = new PipelineCounters();
        for (var i = 0; i < 99; i++)
            counters.AddLatency(10);
        counters.AddLatency(5000);
        (counters.LatencyUs(0.5), counters.LatencyUs(0.99), counters.LatencyUs(1)).ShouldBe((16, 16, 8192));
    }
}
