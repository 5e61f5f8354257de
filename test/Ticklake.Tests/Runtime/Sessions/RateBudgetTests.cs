using Shouldly;
using Ticklake.Runtime.Sessions;
using Xunit;

namespace Ticklake.Tests.Runtime.Sessions;

public sealed class RateBudgetTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Shares_beyond_the_limit_wait_for_the_window()
    {
        using var budget = new RateBudget(new RateLimit(2, TimeSpan.FromSeconds(60)), _clock);
        (await Take(budget)).Dispose();
        (await Take(budget)).Dispose();
        var third = Take(budget);
        _clock.StepWallClock(TimeSpan.FromHours(5));
        _clock.Advance(TimeSpan.FromSeconds(59));
        third.IsCompleted.ShouldBeFalse("the wall clock is of no concern");
        _clock.StepWallClock(TimeSpan.FromHours(-9));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await third.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_shorter_block_does_not_end_a_longer_one()
    {
        using var budget = new RateBudget(new RateLimit(9, TimeSpan.FromSeconds(60)), _clock);
        budget.Block(TimeSpan.FromSeconds(65));
        budget.Block(TimeSpan.FromSeconds(1));
        var attempt = Take(budget);
        _clock.Advance(TimeSpan.FromSeconds(64));
        attempt.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await attempt.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_others_use_of_the_same_address_counts()
    {
        using var budget = new RateBudget(new RateLimit(90, TimeSpan.FromMinutes(1)), _clock);
        (await Take(budget, 50)).Dispose();
        budget.Report(80);
        budget.Report(60);
        budget.Used.ShouldBe(80);
        var next = Take(budget, 20);
        _clock.Advance(TimeSpan.FromSeconds(59));
        next.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await next.WaitAsync(Patience, TestContext.Current.CancellationToken);
        budget.Used.ShouldBe(20);
    }

    [Fact]
    public async Task What_weighs_more_than_the_limit_goes_alone()
    {
        using var budget = new RateBudget(new RateLimit(90, TimeSpan.FromMinutes(1)), _clock);
        (await Take(budget, 250)).Dispose();
        var next = Take(budget);
        _clock.Advance(TimeSpan.FromSeconds(59));
        next.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await next.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task An_answer_that_is_awaited_keeps_its_share_and_its_place()
    {
        using var budget = new RateBudget(new RateLimit(100, TimeSpan.FromSeconds(1), AtOnce: 2), _clock);
        var first = await Take(budget);
        using var second = await Take(budget);
        var third = Take(budget);
        _clock.Advance(TimeSpan.FromMinutes(1));
        third.IsCompleted.ShouldBeFalse("two are under way");
        first.Dispose();
        await third.WaitAsync(Patience, TestContext.Current.CancellationToken);
        budget.Used.ShouldBe(3);
    }

    [Fact]
    public async Task Shares_keep_their_distance()
    {
        using var budget = new RateBudget(new RateLimit(100, TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(200)), _clock);
        using var first = await Take(budget);
        var next = Take(budget);
        _clock.Advance(TimeSpan.FromMilliseconds(199));
        next.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await next.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task One_who_gives_up_leaves_nothing_behind()
    {
        using var budget = new RateBudget(new RateLimit(1, TimeSpan.FromSeconds(60), AtOnce: 1), _clock);
        (await Take(budget)).Dispose();
        using var cancel = new CancellationTokenSource();
        var impatient = budget.TakeAsync(1, cancel.Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(impatient);
        var next = Take(budget);
        _clock.Advance(TimeSpan.FromSeconds(60));
        await next.WaitAsync(Patience, TestContext.Current.CancellationToken);
        (budget.Waiting, budget.Used).ShouldBe((0, 1));
    }

    [Theory]
    [InlineData(100, 60_000, 0, 800, 40)]
    [InlineData(18, 2_000, 0, 1_500, 1)]
    [InlineData(9, 1_000, 0, 300, 1)]
    [InlineData(270, 10_000, 200, 900, 10)]
    public async Task No_window_of_the_other_side_sees_more_than_the_limit(
        int most, int windowMs, int spacingMs, int latencyMs, int weightMost)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            using var run = new BudgetModel(new RateLimit(most, Ms(windowMs), Ms(spacingMs), AtOnce: 8), latencyMs, seed);
            await run.TakeAsync(120, weightMost);
            run.WorstWindow.ShouldBeLessThanOrEqualTo(most, $"seed {seed}");
        }
    }

    [Fact]
    public async Task A_successor_goes_on_where_the_predecessor_ended()
    {
        for (var seed = 1; seed <= 30; seed++)
        {
            using var run = new BudgetModel(new RateLimit(100, TimeSpan.FromSeconds(60)), 900, seed);
            for (var restarts = 0; restarts < 4; restarts++)
            {
                await run.TakeAsync(15, 30);
                run.Restart();
            }

            run.WorstWindow.ShouldBeLessThanOrEqualTo(100, $"seed {seed}");
        }
    }

    static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);

    static Task<RateLease> Take(RateBudget budget, int weight = 1) =>
        budget.TakeAsync(weight, TestContext.Current.CancellationToken);
}
