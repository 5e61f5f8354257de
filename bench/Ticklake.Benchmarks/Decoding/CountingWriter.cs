using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Benchmarks.Decoding;

/// <summary>Takes events and does next to nothing with them, so that only the decoder is measured.</summary>
sealed class CountingWriter : IEventWriter
{
    int _opened;

    public long Events { get; private set; }

    /// <summary>What the server said about itself and our requests.</summary>
    public long Notices { get; private set; }

    public StreamSlot Open(StreamKey key, StreamTags tags) => new(_opened++);

    public bool Sequence(long seq, StreamSlot? stream) => true;

    public void Write(StreamSlot stream, in TradeEvent trade) => Events++;

    public void Write(StreamSlot stream, in BookUpdate update, ReadOnlySpan<BookLevel> levels) =>
        Events += levels.Length;

    public void Write(StreamSlot stream, in RawBookUpdate update, ReadOnlySpan<BookOrder> orders) =>
        Events += orders.Length;

    public void Write(StreamSlot stream, in BookChecksum checksum) => Events++;

    public void Write(StreamSlot stream, in TickerEvent ticker) => Events++;

    public void Write(StreamSlot stream, in BookTickerEvent ticker) => Events++;

    public void Write(StreamSlot stream, in CandleEvent candle) => Events++;

    public void Write(StreamSlot stream, in DepthSnapshot snapshot, ReadOnlySpan<BookLevel> levels) =>
        Events += levels.Length;

    public void Write(StreamSlot stream, in MarkPriceEvent price) => Events++;

    public void Write(StreamSlot stream, in LiquidationEvent liquidation) => Events++;

    public void PassOver(StreamSlot stream, TradeId id, long exchangeTimeUs) => Events++;

    public void Heartbeat(StreamSlot? stream) => Events++;

    public void Notice(ServerNotice notice) => Notices++;
}
