using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Ticklake.Runtime.Sessions;
using Xunit;

namespace Ticklake.Tests.Runtime.Sessions;

public sealed class BudgetRegisterTests : IDisposable
{
    static readonly BudgetName Name = new("rest binance", "10.0.0.5");
    static readonly RateLimit Limit = new(100, TimeSpan.FromMinutes(1));

    readonly string _folder = Directory.CreateTempSubdirectory("ticklake-budgets-").FullName;
    readonly ManualTimeProvider _clock = new();

    string FilePath => Path.Combine(_folder, "budgets.json");

    [Fact]
    public async Task What_was_spent_before_a_crash_counts_after_it()
    {
        var crashed = Open(_clock);
        (await Take(crashed, 60)).Dispose();
        await Take(crashed, 30);
        _clock.Advance(TimeSpan.FromSeconds(20));
        await using var next = Open(_clock);
        var budget = next.Of(Name, Limit);
        budget.Used.ShouldBe(90);
        _clock.Advance(TimeSpan.FromSeconds(41));
        budget.Used.ShouldBe(30, "a request whose answer nobody saw counts from the start");
        _clock.Advance(TimeSpan.FromSeconds(20));
        budget.Used.ShouldBe(0);
    }

    [Fact]
    public async Task A_ban_outlives_crashes_and_runs_that_have_nothing_to_do_with_it()
    {
        var crashed = Open(_clock);
        crashed.Of(Name, Limit).Block(TimeSpan.FromHours(30));
        await UntilWrittenAsync("rest binance");
        _clock.Advance(TimeSpan.FromHours(1));
        await using (var other = Open(_clock))
            (await other.Of(new("rest okx", ""), Limit).TakeAsync(1, TestContext.Current.CancellationToken)).Dispose();
        _clock.Advance(TimeSpan.FromHours(1));
        await using var next = Open(_clock);
        next.Of(Name, Limit).Blocked.TotalHours.ShouldBe(28, 0.01);
        next.Of(Name with { Address = "10.0.0.6" }, Limit).Blocked.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_neither_shortens_nor_stretches_what_is_left()
    {
        await using (var first = Open(_clock))
        {
            (await Take(first, 70)).Dispose();
            first.Of(Name, Limit).Block(TimeSpan.FromMinutes(10));
        }

        await using var next = Open(new ManualTimeProvider(_clock.GetUtcNow() - TimeSpan.FromDays(400)));
        var budget = next.Of(Name, Limit);
        budget.Used.ShouldBe(70);
        budget.Blocked.TotalMinutes.ShouldBe(10, 0.01);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"written\":\"yesterday\",\"budgets\":[]}")]
    [InlineData("{\"written\":1,\"budgets\":[{\"counted\":null}]}")]
    [InlineData("{\"written\":1,\"budgets\":[{\"counted\":\"a\",\"address\":\"\",\"blocked_until\":1e99,\"open\":0,\"spent\":[]}]}")]
    [InlineData("{\"written\":1,\"budgets\":[{\"counted\":\"a\",\"address\":\"\",\"blocked_until\":0,\"open\":0,\"spent\":[[1]]}]}")]
    public async Task A_damaged_file_is_as_good_as_none(string text)
    {
        await File.WriteAllTextAsync(FilePath, text, TestContext.Current.CancellationToken);
        await using (var register = Open(_clock))
        {
            (await Take(register, 70)).Dispose();
        }

        await using var next = Open(_clock);
        next.Of(Name, Limit).Used.ShouldBe(70);
    }

    [Fact]
    public async Task A_file_of_wild_figures_delays_no_longer_than_the_exchange_would()
    {
        var year9000 = new DateTimeOffset(9000, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        await File.WriteAllTextAsync(
            FilePath,
            $$"""
            {"written":1,"budgets":[{"counted":"rest binance","address":"10.0.0.5","blocked_until":{{year9000}},"open":-5,
            "spent":[[{{year9000}},2000000000],[-1,3]]}]}
            """,
            TestContext.Current.CancellationToken);
        await using var register = Open(_clock);
        var budget = register.Of(Name, Limit);
        budget.Blocked.ShouldBe(TimeSpan.FromDays(3));
        budget.Used.ShouldBe(100);
        _clock.Advance(TimeSpan.FromMinutes(1));
        budget.Used.ShouldBe(0);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_keeps_nobody_from_asking()
    {
        Directory.CreateDirectory(FilePath);
        await using var register = Open(_clock);
        (await Take(register, 70)).Dispose();
        register.Of(Name, Limit).Used.ShouldBe(70);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    BudgetRegister Open(TimeProvider clock) => new(_folder, clock, NullLogger.Instance);

    static Task<RateLease> Take(BudgetRegister register, int weight) =>
        register.Of(Name, Limit).TakeAsync(weight, TestContext.Current.CancellationToken);

    Task UntilWrittenAsync(string text) => Simulated.Eventually.IsTrueAsync(
        "it is written", TimeSpan.FromSeconds(10), () => File.Exists(FilePath) && File.ReadAllText(FilePath).Contains(text), () => "");
}
