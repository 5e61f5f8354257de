using Ticklake.Core.Markets;
using Ticklake.Exchanges.Transport;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Sessions;

namespace Ticklake.Runtime.Recording;

/// <summary>The connections of a market: planned for each way out of this machine by itself, numbered through.</summary>
static class RoutedPlans
{
    /// <param name="market">What is recorded, and how.</param>
    /// <param name="wanted">Streams to be received, and those of <see cref="DerivedStream"/> that rules have selected.</param>
    public static IReadOnlyList<SessionPlan> Of(MarketOptions market, IReadOnlyList<StreamKey> wanted)
    {
        var streams = wanted.Where(s => !DerivedStream.IsDerived(s)).ToList();
        IReadOnlyList<DerivedStream> derived = [.. market.Derived, .. DerivedStream.Among(wanted)];
        var routes = market.Routes.Spread(market.Market, streams.Select(s => s.Symbol));
        return
        [
            .. streams.GroupBy(s => routes[s.Symbol]).SelectMany(
                route => SessionPlanner.Plan(
                    market.Exchange, market.Market, market.Endpoints, market.Session, [.. route], market.MaxStreamsPerConnection)
                    .Select(plan => plan with
                    {
                        Route = route.Key,
                        Derived = [.. derived.Where(d => plan.Streams.Contains(d.Book)).DistinctBy(d => d.Key)],
                    })).Select((plan, i) => plan with { Ordinal = i + 1 }),
        ];
    }

    /// <summary>What is asked for by REST: from the address that the symbol's connections have.</summary>
    public static IEnumerable<IGrouping<NetworkRoute, PolledDepth>> PollsOf(MarketOptions market)
    {
        var routes = market.Routes.Spread(
            market.Market, market.Streams.Concat(market.Polled.Select(p => p.Key)).Select(s => s.Symbol));
        return market.Polled.GroupBy(p => routes[p.Key.Symbol]);
    }
}
