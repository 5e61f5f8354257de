using Shouldly;
using Ticklake.Runtime.Sessions;
using Xunit;

namespace Ticklake.Tests.Runtime.Sessions;

public sealed class BackoffTests
{
    [Fact]
    public void Delays_double_to_the_longest_within_a_quarter_and_never_end()
    {
        const int seed = 5;
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), new Random(seed));
        for (var i = 0; i < 1000; i++)
        {
            var middle = Math.Min(Math.Pow(2, i), 60);
            backoff.Next().TotalSeconds.ShouldBeInRange(middle * 0.75, middle * 1.25, $"seed {seed}, attempt {i}");
        }

        backoff.Failures.ShouldBe(1000);
        backoff.Reset();
        backoff.Next().TotalSeconds.ShouldBeLessThanOrEqualTo(1.25);
    }
}
