using Shouldly;
using Ticklake.Runtime.Sessions;
using Xunit;

namespace Ticklake.Tests.Runtime.Sessions;

public sealed class OutboxTests
{
    static readonly DateTimeOffset Start = new(2025, 1, 17, 8, 0, 0, TimeSpan.Zero);

    readonly Outbox _outbox = new(TimeSpan.FromSeconds(1));

    [Fact]
    public void Frames_leave_in_order_no_faster_than_allowed()
    {
        for (byte i = 1; i < 4; i++)
            _outbox.Add([i]);
        Take(0).ShouldBe(1);
        Take(999).ShouldBe(0);
        Take(1000).ShouldBe(2);
        Take(5000).ShouldBe(3);
        Take(9000).ShouldBe(0);
        _outbox.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_clock_that_is_set_back_keeps_no_frame()
    {
        _outbox.Add([1]);
        _outbox.Add([2]);
        Take(0).ShouldBe(1);
        Take(-3_600_000).ShouldBe(2);
    }

    int Take(int ms) => _outbox.TryTake(Start.AddMilliseconds(ms), out var frame, out _) ? frame[0] : 0;
}
