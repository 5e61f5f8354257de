using Ticklake.Runtime.Configuration.Forms;

namespace Ticklake.Runtime.Configuration;

/// <summary>What the file says of a market beside its streams; null leaves the exchange's own value.</summary>
sealed record MarketOverrides
{
    public Uri? WebSocket { get; init; }

    /// <summary>Addresses of further sockets, by name.</summary>
    public IReadOnlyDictionary<string, Uri> Doors { get; init; } = new Dictionary<string, Uri>();

    public Uri? Rest { get; init; }

    public long? ConfFlags { get; init; }

    public int? MaxStreamsPerConnection { get; init; }

    public ProxyChoice? Proxy { get; init; }
}
