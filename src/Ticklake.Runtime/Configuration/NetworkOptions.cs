using System.Net;
using Ticklake.Core.Markets;
using Ticklake.Exchanges.Transport;

namespace Ticklake.Runtime.Configuration;

/// <summary>How connections leave this machine.</summary>
public sealed record NetworkOptions
{
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    /// <summary>The file of addresses and their symbols, or null.</summary>
    public string? ShardFile { get; init; }

    /// <summary>The proxy of exchanges that name none.</summary>
    public ProxyAddress? Proxy { get; init; }

    /// <summary>What that file says.</summary>
    public AddressShards Shards { get; init; } = AddressShards.None;
}

/// <summary>
/// Which symbols leave from which address: by <c>symbol</c>, <c>exchange:symbol</c> or <c>exchange/market:symbol</c>; what is
/// nearer to one symbol goes first.
/// </summary>
public sealed record AddressShards(IReadOnlyDictionary<string, IPAddress> ByName)
{
    public static AddressShards None { get; } = new(new Dictionary<string, IPAddress>());

    public IPAddress? Of(MarketId market, string symbol) =>
        ByName.GetValueOrDefault($"{market}:{symbol}")
        ?? ByName.GetValueOrDefault($"{market.Exchange}:{symbol}")
        ?? ByName.GetValueOrDefault(symbol);
}
