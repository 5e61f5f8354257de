using System.Text;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Binance;

/// <summary>One stream name that has been seen on the connection.</summary>
sealed class BinanceStream(byte[] name, BinanceStreamKind kind, StreamKey key)
{
    public byte[] Name { get; } = name;

    public BinanceStreamKind Kind { get; } = kind;

    public StreamKey Key { get; } = key;

    /// <summary>As payloads write it.</summary>
    public byte[] Symbol { get; } = Encoding.UTF8.GetBytes(key.Symbol);

    /// <summary>Null until its first frame was read to its end: a malformed one opens nothing.</summary>
    public StreamSlot? Slot { get; set; }
}
