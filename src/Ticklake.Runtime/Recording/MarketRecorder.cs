using Ticklake.Core.Markets;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Instruments;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Sessions;
using Ticklake.Runtime.Telemetry;

namespace Ticklake.Runtime.Recording;

/// <summary>Records one market: its connections, and the budgets and states they share.</summary>
sealed class MarketRecorder : IDisposable
{
    // Long enough for any list that comes at all; recording does not wait for one that does not.
    static readonly TimeSpan ListPatience = TimeSpan.FromSeconds(10);

    readonly MarketRoutes _routes;
    readonly SnapshotFetcher _snapshots;
    readonly InstrumentBoard _instruments;
    readonly MarketOptions _options;
    readonly SessionSurroundings _around;

    public MarketRecorder(
        MarketOptions options,
        SessionSurroundings around,
        StreamStates states,
        BudgetRegister budgets,
        Action<Session> sessionEnded,
        Action<PollSession> pollsEnded)
    {
        Market = options.Market;
        _options = options;
        _instruments = new InstrumentBoard(around.DataDirectory, options.Exchange, options.Market, around.Log);
        _around = around = around with { PairOf = _instruments.PairOf };
        _routes = new MarketRoutes(options, budgets, around);
        _snapshots = _routes.FetcherOf(options.Routes.First);
        Keepers =
        [
            .. RoutedPlans.Of(options).Select(plan => new ConnectionKeeper(
                plan, around, states, _routes.ConnectsOf(plan), _routes.FetcherOf(plan.Route)) { SessionEnded = sessionEnded }),
        ];
        if (options.Polled.Count > 0)
        {
            var plan = new PollPlan(options.Exchange, options.Market, options.Endpoints.Rest, options.Polled, Keepers.Count + 1);
            Polls = new PollKeeper(plan, around, states, _snapshots) { SessionEnded = pollsEnded };
        }
    }

    /// <summary>Keeps the market's polls going, or null where there are none.</summary>
    public PollKeeper? Polls { get; }

    public MarketId Market { get; }

    public IReadOnlyList<ConnectionKeeper> Keepers { get; }

    public async Task RunAsync(CancellationToken stop)
    {
        var list = KeepListAsync(stop);
        await Task.WhenAny(list.Read, Task.Delay(ListPatience, _around.Clock, stop)).ConfigureAwait(false);
        await Task.WhenAll([.. Keepers.Select(k => k.RunAsync(stop)), Polls?.RunAsync(stop) ?? Task.CompletedTask, list.Kept]).ConfigureAwait(false);
    }

    // The first reading, and the task that goes on reading until the recorder stops.
    (Task Read, Task Kept) KeepListAsync(CancellationToken stop)
    {
        var first = RefreshAsync(stop);
        return (first, GoOnAsync());

        async Task GoOnAsync()
        {
            await first.ConfigureAwait(false);
            using var timer = new PeriodicTimer(_options.InstrumentsInterval, _around.Clock);
            try
            {
                while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
                    await RefreshAsync(stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The next start reads the list again.
            }
        }
    }

    async Task RefreshAsync(CancellationToken stop)
    {
        try
        {
            if (!await _instruments.RefreshAsync(_snapshots, _around.Clock, stop).ConfigureAwait(false))
                return;
        }
        catch (OperationCanceledException)
        {
            return;
        }

        var unlisted = _instruments.Unlisted(_options.Streams.Concat(_options.Polled.Select(p => p.Key)).Select(s => s.Symbol).Distinct());
        if (unlisted.Count > 0)
            LogMessages.Unlisted(_around.Log, Market.ToString(), string.Join(", ", unlisted));
    }

    public void Dispose()
    {
        _routes.Dispose();
    }
}
