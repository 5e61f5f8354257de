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
        var most = mostPerConnection ?? exchange.LimitsOf(market).StreamsPerConnection;
        return
        [
            .. streams.GroupBy(exchange.DoorOf).SelectMany(door => Spread([.. door], most).Select(part => (door.Key, part))).Select(
                (door, i) => new SessionPlan(exchange, market, endpoints, options, door.part, door.Key, i + 1)),
        ];
    }

    static IEnumerable<StreamKey[]> Spread(StreamKey[] streams, int most)
    {
        var connections = (streams.Length + most - 1) / most;
        return streams.Chunk((streams.Length + connections - 1) / connections);
    }
}
