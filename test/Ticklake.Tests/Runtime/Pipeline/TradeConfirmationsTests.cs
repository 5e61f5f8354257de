using Shouldly;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Core.Time;
using Ticklake.Runtime.Pipeline;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

public sealed class TradeConfirmationsTests
{
    readonly TradeConfirmations _held = new();

    [Fact]
    public void Trades_leave_in_their_order_once_confirmed()
    {
        Hold(1, 0);
        Hold(2, 1);
        _held.Confirm(Trade(2, TradeMessage.Updated, 7)).ShouldBeTrue();
        Release(10).ShouldBe("");
        _held.Confirm(Trade(1, TradeMessage.Updated, 8)).ShouldBeTrue();
        _held.Confirm(Trade(1, TradeMessage.Updated, 8)).ShouldBeFalse();
        Release(10).ShouldBe("1:Updated:8 2:Updated:7");
        _held.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(5000, "")]
    [InlineData(5001, "1:Executed:1")]
    [InlineData(-4000, "")]
    [InlineData(-5001, "1:Executed:1")]
    public void A_confirmation_is_waited_for_five_seconds_of_the_frames_clock(long ms, string released)
    {
        Hold(1, 0);
        Release(ms).ShouldBe(released);
    }

    [Fact]
    public void The_end_of_a_session_waits_for_nothing()
    {
        Hold(1, 0);
        Hold(2, 0);
        Release(null).ShouldBe("1:Executed:1 2:Executed:1");
        _held.Confirm(Trade(1, TradeMessage.Updated, 1)).ShouldBeFalse();
    }

    void Hold(long id, long ms) => _held.Hold(Trade(id, TradeMessage.Executed, 1), new RowPlace(At(ms), 1, 0));

    string Release(long? ms)
    {
        var released = new List<string>();
        while (_held.TryRelease(ms is { } time ? At(time) : null, out var trade, out _))
            released.Add($"{trade.Id}:{trade.Message}:{trade.Price.ToDouble()}");
        return string.Join(' ', released);
    }

    static TimestampNs At(long ms) => new((10_000 + ms) * 1_000_000);

    static TradeEvent Trade(long id, TradeMessage message, long price) => new(
        EventStamp.Empty, TradeId.Of(id), 0, ExactDecimal.FromInteger(price), ExactDecimal.FromInteger(1), TradeSide.Buy, message, false);
}
