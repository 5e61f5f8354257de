using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Sessions;

namespace Ticklake.Runtime.Recording;

/// <summary>The connections of a market: planned for each way out of this machine by itself, numbered through.</summary>
static class RoutedPlans
{
    public static IReadOnlyList<SessionPlan> Of(MarketOptions market)
    {
        var routes = market.Routes.Spread(market.Market, market.Streams.Select(s => s.Symbol));
        return
        [
            .. market.Streams.GroupBy(s => routes[s.Symbol]).SelectMany(
                route => SessionPlanner.Plan(
                    market.Exchange, market.Market, market.Endpoints, market.Session, [.. route], market.MaxStreamsPerConnection)
                    .Select(plan => plan with
                    {
                        Route = route.Key,
                        Derived = [.. market.Derived.Where(d => plan.Streams.Contains(d.Book))],
                    })).Select((plan, i) => plan with { Ordinal = i + 1 }),
        ];
    }
}
