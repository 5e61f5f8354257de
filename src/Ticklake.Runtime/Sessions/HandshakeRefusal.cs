namespace Ticklake.Runtime.Sessions;

/// <summary>What a refused WebSocket handshake says about further attempts of the same address.</summary>
static class HandshakeRefusal
{
    // The documented block after too many connects (bitfinex.md 2), with a margin.
    static readonly TimeSpan TooMany = TimeSpan.FromSeconds(65);

    // A ban, which is longer the more it is ignored (binance.md A6, upbit.md 6.7).
    static readonly TimeSpan Banned = TimeSpan.FromMinutes(5);

    // A firewall, or an address of a country that is not served: neither passes by being knocked at.
    static readonly TimeSpan Forbidden = TimeSpan.FromSeconds(90);

    /// <summary>How long to make no attempt, or null where the status says nothing of the kind.</summary>
    public static TimeSpan? BlockOf(int status) => status switch
    {
        429 => TooMany,
        418 => Banned,
        403 => Forbidden,
        _ => null,
    };
}
