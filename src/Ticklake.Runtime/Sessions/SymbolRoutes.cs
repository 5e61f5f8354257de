using System.Net;
using Ticklake.Exchanges.Transport;

namespace Ticklake.Runtime.Sessions;

/// <summary>Which way out of this machine the symbols of one market take.</summary>
/// <param name="First">The way of what is about no symbol, and of symbols nobody named.</param>
/// <param name="BySymbol">The ways of the others.</param>
public sealed record SymbolRoutes(NetworkRoute First, IReadOnlyDictionary<string, NetworkRoute> BySymbol)
{
    public static SymbolRoutes Direct { get; } = new(NetworkRoute.Direct, new Dictionary<string, NetworkRoute>());

    public NetworkRoute Of(string symbol) => BySymbol.GetValueOrDefault(symbol, First);

    /// <summary>
    /// Gives each symbol one address, so that all its connections and requests come from there: the assigned one, the others in
    /// turn. In the order of the symbols, so that one that is added at the end moves no other.
    /// </summary>
    /// <param name="symbols">The market's symbols in order, each once.</param>
    /// <param name="addresses">Local addresses; none leaves the choice to the system.</param>
    /// <param name="assigned">The address somebody chose for a symbol, or null.</param>
    /// <param name="proxy">The proxy all of them go through, or null.</param>
    /// <param name="offset">Where to begin: small markets should not all begin with the first address.</param>
    public static SymbolRoutes Spread(
        IEnumerable<string> symbols,
        IReadOnlyList<IPAddress> addresses,
        Func<string, IPAddress?> assigned,
        ProxyAddress? proxy,
        int offset)
    {
        if (addresses.Count == 0)
            return new(new NetworkRoute(null, proxy), new Dictionary<string, NetworkRoute>());
        var routes = addresses.Select(a => new NetworkRoute(a, proxy)).ToList();
        var next = offset;
        return new(
            routes[offset % routes.Count],
            symbols.ToDictionary(
                symbol => symbol,
                symbol => assigned(symbol) is { } address
                    ? routes.First(r => address.Equals(r.Address))
                    : routes[next++ % routes.Count],
                StringComparer.Ordinal));
    }
}
