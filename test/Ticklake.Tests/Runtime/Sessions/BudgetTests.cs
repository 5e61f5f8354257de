using Shouldly;
using Ticklake.Runtime.Sessions;
using Xunit;

namespace Ticklake.Tests.Runtime.Sessions;

public sealed class BudgetTests
{
    readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Connects_beyond_the_limit_wait_for_the_window()
    {
        using var budget = new ConnectBudget(2, TimeSpan.FromSeconds(60), _clock);
        await Take(budget);
        await Take(budget);
        var third = Take(budget);
        _clock.StepWallClock(TimeSpan.FromHours(5));
        _clock.Advance(TimeSpan.FromSeconds(59));
        third.IsCompleted.ShouldBeFalse("the wall clock is of no concern");
        _clock.StepWallClock(TimeSpan.FromHours(-9));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await third.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_shorter_block_does_not_end_a_longer_one()
    {
        using var budget = new ConnectBudget(9, TimeSpan.FromSeconds(60), _clock);
        budget.Block(TimeSpan.FromSeconds(65));
        budget.Block(TimeSpan.FromSeconds(1));
        var attempt = Take(budget);
        _clock.Advance(TimeSpan.FromSeconds(64));
        attempt.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await attempt.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Weight_is_counted_by_the_minute_of_the_clock()
    {
        using var budget = new WeightBudget(100, _clock);
        await budget.TakeAsync(50, TestContext.Current.CancellationToken);
        budget.Report(80);
        budget.Report(60);
        budget.Used.ShouldBe(80);
        var next = budget.TakeAsync(20, TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(59));
        next.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await next.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        budget.Used.ShouldBe(20);
    }

    static Task Take(ConnectBudget budget) => budget.TakeAsync(TestContext.Current.CancellationToken);
}
