using Ticklake.Core.Markets;
using Ticklake.Exchanges;

namespace Ticklake.Runtime.Sessions;

/// <summary>Spreads wanted streams over as few connections as the exchange's limit allows, evenly and in a stable order.</summary>
public static class SessionPlanner
{
    /// <param name="exchange">The exchange's parts.</param>
    /// <param name="market">The market all streams belong to.</param>
    /// <param name="endpoints">Where it is reached.</param>
    /// <param name="options">Connection settings.</param>
    /// <param name="streams">Wanted streams, each once.</param>
    /// <param name="mostPerConnection">The limit, or null for the exchange's own.</param>
    public static IReadOnlyList<SessionPlan> Plan(
        IExchange exchange,
        MarketId market,
        ExchangeEndpoints endpoints,
        SessionOptions options,
        IReadOnlyList<StreamKey> streams,
        int? mostPerConnection = null)
    {
        if (streams.Count == 0)
            return [];
        var most = mostPerConnection ?? exchange.Limits.StreamsPerConnection;
        var connections = (streams.Count + most - 1) / most;
        var each = (streams.Count + connections - 1) / connections;
        return
        [
            .. streams.Chunk(each).Select(
                (part, i) => new SessionPlan(exchange, market, endpoints, options, part, i + 1)),
        ];
    }
}
