using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Runtime.Sessions;
using Ticklake.Simulator;
using Xunit;

namespace Ticklake.Tests.Runtime.Sessions;

public sealed class SnapshotFetcherTests
{
    static readonly SnapshotRequest Request = new("/api/v3/ping", 1);

    [Fact]
    public async Task A_firewall_that_says_403_is_left_alone_for_ninety_seconds()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(new() { IsManual = true, EnforcesLimits = true });
        var clock = new ManualTimeProvider();
        using var budget = new WeightBudget(1_000_000, clock);
        using var fetcher = new SnapshotFetcher(simulator.Rest("mexc"), budget, clock, NullLogger.Instance);
        var status = 0;
        for (var i = 0; i < 200 && status != 403; i++)
            status = (await fetcher.FetchAsync(Request, CancellationToken.None))!.Status;
        status.ShouldBe(403);
        var next = budget.TakeAsync(1, CancellationToken.None);
        clock.Advance(TimeSpan.FromSeconds(89));
        next.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));
        await next.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }
}
