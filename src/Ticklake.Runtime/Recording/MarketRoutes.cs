using Ticklake.Exchanges.Transport;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Sessions;

namespace Ticklake.Runtime.Recording;

/// <summary>
/// The ways out of this machine that one market uses: for each, its budgets and who asks the exchange's REST interface
/// through it. Made and asked by the recorder's start.
/// </summary>
sealed class MarketRoutes(MarketOptions market, BudgetRegister budgets, SessionSurroundings around) : IDisposable
{
    readonly Dictionary<NetworkRoute, SnapshotFetcher> _fetchers = [];

    /// <summary>Asks from the same address as the route's connections, within the budget of all who do.</summary>
    public SnapshotFetcher FetcherOf(NetworkRoute route)
    {
        if (_fetchers.TryGetValue(route, out var known))
            return known;
        var limit = market.Exchange.LimitsOf(market.Market).Rest;
        var budget = budgets.Of(BudgetName.Rest(market.Exchange.Id, limit.Pool, route.Address), RateLimit.Of(limit));
        var fetcher = new SnapshotFetcher(market.Endpoints.Rest, budget, limit, route, around.Clock, around.Log);
        _fetchers.Add(route, fetcher);
        return fetcher;
    }

    /// <summary>The connection attempts of a plan's door and address.</summary>
    public RateBudget ConnectsOf(SessionPlan plan) => budgets.Of(
        BudgetName.Connect(market.Exchange.Id, plan.Endpoints.DoorAddress(plan.Door), plan.Route.Address),
        RateLimit.OfConnects(plan.Limits));

    public void Dispose()
    {
        foreach (var fetcher in _fetchers.Values)
            fetcher.Dispose();
    }
}
