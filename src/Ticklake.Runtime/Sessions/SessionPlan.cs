using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Transport;
using Ticklake.Runtime.Pipeline;

namespace Ticklake.Runtime.Sessions;

/// <summary>What one connection is to carry, and how.</summary>
/// <param name="Exchange">The exchange's parts.</param>
/// <param name="Market">Which of its markets.</param>
/// <param name="Endpoints">Where it is reached.</param>
/// <param name="Options">Connection settings the exchange is told.</param>
/// <param name="Streams">The streams wanted on this connection.</param>
/// <param name="Door">Which of the market's sockets; empty where it has one.</param>
/// <param name="Ordinal">1-based number of the connection within its market.</param>
public sealed record SessionPlan(
    IExchange Exchange,
    MarketId Market,
    ExchangeEndpoints Endpoints,
    SessionOptions Options,
    IReadOnlyList<StreamKey> Streams,
    string Door,
    int Ordinal)
{
    public ExchangeLimits Limits { get; } = Exchange.LimitsOf(Market);

    /// <summary>Streams made from the books among <see cref="Streams"/>.</summary>
    public IReadOnlyList<DerivedStream> Derived { get; init; } = [];

    /// <summary>How the connection, and the requests for its streams, leave this machine.</summary>
    public NetworkRoute Route { get; init; } = NetworkRoute.Direct;
}
