using Ticklake.Core.Markets;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Sessions;

namespace Ticklake.Runtime.Recording;

/// <summary>Records one market: its connections, and the budgets and states they share.</summary>
sealed class MarketRecorder : IDisposable
{
    readonly WeightBudget _weight;
    readonly SnapshotFetcher _snapshots;

    public MarketRecorder(
        MarketOptions options,
        SessionSurroundings around,
        StreamStates states,
        ConnectBudget connects,
        Action<Session> sessionEnded)
    {
        Market = options.Market;
        _weight = new WeightBudget(options.Exchange.LimitsOf(options.Market).RestWeightPerMinute, around.Clock);
        _snapshots = new SnapshotFetcher(options.Endpoints.Rest, _weight, around.Clock, around.Log);
        Keepers =
        [
            .. SessionPlanner.Plan(
                options.Exchange,
                options.Market,
                options.Endpoints,
                options.Session,
                options.Streams,
                options.MaxStreamsPerConnection)
                .Select(plan => new ConnectionKeeper(plan, around, states, connects, _snapshots) { SessionEnded = sessionEnded }),
        ];
    }

    public MarketId Market { get; }

    public IReadOnlyList<ConnectionKeeper> Keepers { get; }

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Keepers.Select(k => k.RunAsync(stop)));

    public void Dispose()
    {
        _snapshots.Dispose();
        _weight.Dispose();
    }
}
