using System.Net;
using Ticklake.Core.Markets;
using Ticklake.Exchanges.Transport;

namespace Ticklake.Runtime.Sessions;

/// <summary>By which ways one market leaves this machine.</summary>
public sealed record RouteChoice
{
    public static RouteChoice Direct { get; } = new();

    /// <summary>Local addresses its symbols are spread over; none leaves the choice to the system.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    /// <summary>The address that somebody chose for a symbol of a market, one of <see cref="Addresses"/>; or null.</summary>
    public Func<MarketId, string, IPAddress?> Assigned { get; init; } = static (_, _) => null;

    /// <summary>The proxy that all connections and requests go through, or null.</summary>
    public ProxyAddress? Proxy { get; init; }

    /// <summary>Which address comes first: small markets should not all begin with the same.</summary>
    public int Offset { get; init; }

    /// <summary>The way of what is about no symbol.</summary>
    public NetworkRoute First => new(Addresses.Count == 0 ? null : Addresses[Offset % Addresses.Count], Proxy);

    /// <summary>
    /// Gives each symbol one way, so that all its connections and requests come from there: the assigned address, the others in
    /// turn. In the order of the symbols, so that one that is added at the end moves no other.
    /// </summary>
    public IReadOnlyDictionary<string, NetworkRoute> Spread(MarketId market, IEnumerable<string> symbols)
    {
        var next = Offset;
        return symbols.Distinct(StringComparer.Ordinal).ToDictionary(
            symbol => symbol,
            symbol => Addresses.Count == 0 ? First
                : new NetworkRoute(Assigned(market, symbol) ?? Addresses[next++ % Addresses.Count], Proxy),
            StringComparer.Ordinal);
    }
}
