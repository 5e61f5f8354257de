using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Pipeline;

namespace Ticklake.Runtime.Sessions;

/// <summary>What one poll session asks for.</summary>
/// <param name="Exchange">The exchange's parts.</param>
/// <param name="Market">Which of its markets.</param>
/// <param name="Endpoint">Base address of the REST interface.</param>
/// <param name="Polls">The streams.</param>
/// <param name="Ordinal">1-based among the market's connections.</param>
public sealed record PollPlan(
    IExchange Exchange, MarketId Market, Uri Endpoint, IReadOnlyList<PolledDepth> Polls, int Ordinal);
