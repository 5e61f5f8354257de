using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>Takes events and does nothing with them.</summary>
sealed class DeafWriter : IEventWriter
{
    public static DeafWriter Instance { get; } = new();

    public StreamSlot Open(StreamKey key, StreamTags tags) => new(0);

    public bool Sequence(long seq, StreamSlot? stream) => true;

    public void Write(StreamSlot stream, in TradeEvent trade)
    {
    }

    public void Write(StreamSlot stream, in BookUpdate update, ReadOnlySpan<BookLevel> levels)
    {
    }

    public void Write(StreamSlot stream, in RawBookUpdate update, ReadOnlySpan<BookOrder> orders)
    {
    }

    public void Write(StreamSlot stream, in BookChecksum checksum)
    {
    }

    public void Write(StreamSlot stream, in TickerEvent ticker)
    {
    }

    public void Write(StreamSlot stream, in BookTickerEvent ticker)
    {
    }

    public void Write(StreamSlot stream, in CandleEvent candle)
    {
    }

    public void Write(StreamSlot stream, in DepthSnapshot snapshot, ReadOnlySpan<BookLevel> levels)
    {
    }

    public void Write(StreamSlot stream, in MarkPriceEvent price)
    {
    }

    public void Write(StreamSlot stream, in LiquidationEvent liquidation)
    {
    }

    public void PassOver(StreamSlot stream, TradeId id, long exchangeTimeUs)
    {
    }

    public void Heartbeat(StreamSlot? stream)
    {
    }

    public void Notice(ServerNotice notice)
    {
    }
}
