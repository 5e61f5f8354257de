using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Binance;
using Ticklake.Exchanges.Transport;
using Ticklake.Runtime.Sessions;
using Ticklake.Simulator;
using Ticklake.Simulator.Faults;
using Xunit;

namespace Ticklake.Tests.Runtime.Sessions;

public sealed class SnapshotFetcherTests
{
    static readonly SnapshotRequest Request = new("/api/v3/ping", 1);
    static readonly RestLimit Plenty = new(1_000_000, TimeSpan.FromMinutes(1));

    [Fact]
    public async Task A_firewall_that_says_403_is_left_alone_for_ninety_seconds()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(new() { IsManual = true, EnforcesLimits = true });
        var clock = new ManualTimeProvider();
        using var budget = new RateBudget(RateLimit.Of(Plenty), clock);
        using var fetcher = Fetcher(simulator.Rest("mexc"), budget, clock);
        var status = 0;
        for (var i = 0; i < 200 && status != 403; i++)
            status = (await fetcher.FetchAsync(Request, CancellationToken.None))!.Status;
        status.ShouldBe(403);
        await BlockedShouldBe(budget, clock, 90);
    }

    [Fact]
    public async Task A_refusal_that_says_for_how_long_is_obeyed()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(new() { IsManual = true });
        simulator.Faults.Arm(new FaultSpec(FaultKind.Ban) { Exchange = "binance", RetryAfterSeconds = 300 });
        var clock = new ManualTimeProvider();
        using var budget = new RateBudget(RateLimit.Of(Plenty), clock);
        using var fetcher = Fetcher(simulator.Rest("binance"), budget, clock);
        (await fetcher.FetchAsync(Request, CancellationToken.None))!.Status.ShouldBe(418);
        await BlockedShouldBe(budget, clock, 300);
    }

    [Fact]
    public async Task Four_hundred_books_at_once_and_a_crash_in_the_middle_never_exceed_the_weight()
    {
        const int Books = 400;
        var folder = Directory.CreateTempSubdirectory("ticklake-storm-").FullName;
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 11, 21, 12, 0, 20, TimeSpan.Zero));
        await using var simulator = await ExchangeSimulator.StartAsync(
            new() { IsManual = true, EnforcesLimits = true, LimitClock = clock });
        var missing = Enumerable.Range(0, Books).ToHashSet();
        // The first process is cut off in the middle; nobody tells its register goodbye.
        await FetchAsync(missing, Books / 3);
        await FetchAsync(missing, 0);

        var asked = simulator.Truth.Requests.Where(r => r.Exchange == "binance").ToList();
        asked.Sum(r => r.Refused).ShouldBe(0);
        asked.Sum(r => r.Count).ShouldBeGreaterThanOrEqualTo(Books);
        Directory.Delete(folder, recursive: true);

        async Task FetchAsync(HashSet<int> books, int rest)
        {
            using var crash = new CancellationTokenSource();
            var limit = new BinanceExchange().LimitsOf(BinanceExchange.Spot).Rest;
            var register = new BudgetRegister(folder, clock, NullLogger.Instance);
            var budget = register.Of(BudgetName.Rest("binance", limit.Pool, null), RateLimit.Of(limit));
            using var fetcher = new SnapshotFetcher(
                simulator.Rest("binance"), budget, limit, NetworkRoute.Direct, clock, NullLogger.Instance);
            var all = books.ToList().ConvertAll(book => FetchOneAsync(fetcher, book, crash.Token));
            await Simulated.Eventually.IsTrueAsync(
                "they are answered",
                TimeSpan.FromSeconds(60),
                () =>
                {
                    clock.Advance(TimeSpan.FromSeconds(1));
                    lock (books)
                        return books.Count <= rest;
                },
                () => $"{books.Count} are missing");
            await crash.CancelAsync();
            await Task.WhenAll(all);
        }

        async Task FetchOneAsync(SnapshotFetcher fetcher, int book, CancellationToken cancel)
        {
            try
            {
                var answer = await fetcher.FetchAsync(new("/api/v3/depth?symbol=BTCUSDT&limit=1000&book=" + book, 50), cancel);
                answer.ShouldNotBeNull().Status.ShouldBe(200);
                lock (missing)
                    missing.Remove(book);
            }
            catch (OperationCanceledException)
            {
                // The next process asks for it.
            }
        }
    }

    static SnapshotFetcher Fetcher(Uri endpoint, RateBudget budget, TimeProvider clock) =>
        new(endpoint, budget, Plenty, NetworkRoute.Direct, clock, NullLogger.Instance);

    static async Task BlockedShouldBe(RateBudget budget, ManualTimeProvider clock, int seconds)
    {
        var next = budget.TakeAsync(1, CancellationToken.None);
        clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        next.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));
        await next.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }
}
