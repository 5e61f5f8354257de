using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>One product of one channel that has been seen on the connection.</summary>
sealed class CoinbaseStream(byte[] product, CoinbaseStreamKind kind, StreamKey key) : NamedStream(product, key)
{
    public CoinbaseStreamKind Kind { get; } = kind;

    /// <summary>It was given back: what comes next belongs to a new subscription.</summary>
    public bool IsLeft { get; set; }
}
