using System.Text;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Binance;

/// <summary>One stream name that has been seen on the connection.</summary>
sealed class BinanceStream(byte[] name, BinanceStreamKind kind, StreamKey key) : NamedStream(name, key)
{
    public BinanceStreamKind Kind { get; } = kind;

    /// <summary>Its payloads are those of futures.</summary>
    public bool IsOfFutures { get; } = key.Market != BinanceExchange.Spot;

    /// <summary>As payloads write it.</summary>
    public byte[] Symbol { get; } = Encoding.UTF8.GetBytes(key.Symbol);
}
