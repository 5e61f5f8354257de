using System.Text;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Bybit;

/// <summary>One topic that has been seen on the connection, and what its next message may leave out.</summary>
sealed class BybitStream(byte[] topic, StreamKey key) : NamedStream(topic, key)
{
    public Channel Channel { get; } = key.Channel;

    /// <summary>As payloads write it.</summary>
    public byte[] Symbol { get; } = Encoding.UTF8.GetBytes(key.Symbol);

    /// <summary>The exchange's word for a candle's length; empty for other streams.</summary>
    public byte[] Interval { get; } =
        key.Channel == Channel.Candles ? Encoding.UTF8.GetBytes(BybitTopic.IntervalOf(key)) : [];

    /// <summary>The last state of a ticker; null for other streams.</summary>
    public BybitTickerState? Ticker { get; } = key.Channel == Channel.Ticker ? new BybitTickerState() : null;

    /// <summary>The last best prices, once <see cref="HasBest"/>.</summary>
    public BookTickerEvent Best { get; set; }

    public bool HasBest { get; set; }
}
