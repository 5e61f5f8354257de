using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Binance;
using Ticklake.Runtime.Sessions;
using Xunit;

namespace Ticklake.Tests.Runtime.Sessions;

public sealed class ResyncAttemptsTests
{
    static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    readonly ResyncAttempts _attempts = new(
        new SnapshotRequest("/depth", 50),
        new StreamKey(BinanceExchange.Spot, Channel.Books, "BTCUSDT"),
        new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), new Random(1)));

    [Fact]
    public void Failures_in_a_row_wait_ever_longer_up_to_the_longest()
    {
        var pauses = Enumerable.Range(0, 12).Select(_ => _attempts.Fail("no answer").TotalSeconds).ToList();
        for (var i = 0; i < pauses.Count; i++)
            pauses[i].ShouldBeInRange(Math.Min(Math.Pow(2, i), 60) * 0.75, Math.Min(Math.Pow(2, i), 60) * 1.25);
        _attempts.Failures.ShouldBe(12);
    }

    [Fact]
    public void A_book_that_goes_wrong_soon_after_its_repair_goes_on_waiting()
    {
        _attempts.Begin(Start).ShouldBe(TimeSpan.Zero);
        _attempts.Fail("HTTP 500");
        _attempts.Succeed(Start);
        _attempts.Begin(Start.AddSeconds(20)).ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
        _attempts.Failures.ShouldBe(2);
    }

    [Fact]
    public void A_book_that_stayed_right_for_a_while_begins_anew()
    {
        _attempts.Fail("HTTP 500");
        _attempts.IsReported = true;
        _attempts.Succeed(Start);
        _attempts.Begin(Start.AddMinutes(1)).ShouldBe(TimeSpan.Zero);
        (_attempts.Failures, _attempts.IsReported).ShouldBe((0, false));
    }
}
