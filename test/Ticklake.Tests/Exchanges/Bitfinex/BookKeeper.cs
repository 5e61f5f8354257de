using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Tests.Exchanges.Bitfinex;

/// <summary>Keeps one book by price and the last checksum sent for it.</summary>
sealed class BookKeeper : IEventWriter
{
    public PriceBook Book { get; } = new();

    public int Sent { get; private set; }

    public StreamSlot Open(StreamKey key, StreamTags tags) => new(0);

    public bool Sequence(long seq, StreamSlot? stream) => true;

    public void Write(StreamSlot stream, in BookUpdate update, ReadOnlySpan<BookLevel> levels)
    {
        if (update.IsSnapshot)
            Book.Clear();
        foreach (ref readonly var level in levels)
            Book.Apply(level);
    }

    public void Write(StreamSlot stream, in BookChecksum checksum) => Sent = checksum.Value;

    public void Write(StreamSlot stream, in TradeEvent trade)
    {
    }

    public void Write(StreamSlot stream, in RawBookUpdate update, ReadOnlySpan<BookOrder> orders)
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
