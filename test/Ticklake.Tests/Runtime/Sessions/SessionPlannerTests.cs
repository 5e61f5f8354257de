using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Sessions;
using Xunit;

namespace Ticklake.Tests.Runtime.Sessions;

public sealed class SessionPlannerTests
{
    static readonly IExchange Exchange = ExchangeCatalog.Find("bitfinex")!;

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(25, 1, 25)]
    [InlineData(26, 2, 13)]
    [InlineData(76, 4, 19)]
    public void Streams_spread_evenly_over_as_few_connections_as_may_be(int streams, int connections, int most)
    {
        var market = Exchange.Markets[0];
        var wanted = Enumerable.Range(0, streams).Select(x => new StreamKey(market, Channel.Trades, $"t{x}")).ToList();
        var plans = SessionPlanner.Plan(Exchange, market, Exchange.DefaultEndpoints(market), new SessionOptions(), wanted, 25);
        plans.Count.ShouldBe(connections);
        plans.SelectMany(x => x.Streams).ShouldBe(wanted);
        plans.Select(x => x.Ordinal).ShouldBe(Enumerable.Range(1, connections));
        plans.Select(x => x.Streams.Count).DefaultIfEmpty().Max().ShouldBe(most);
    }
}
