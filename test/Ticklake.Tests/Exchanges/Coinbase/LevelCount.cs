using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Tests.Exchanges.Coinbase;

/// <summary>Counts the levels of books and keeps them, and takes no notice of the rest.</summary>
sealed class LevelCount : IEventWriter
{
    readonly List<StreamKey> _streams = [];

    public Dictionary<string, PriceBook> Books { get; } = [];

    public int Bids { get; private set; }

    public int Asks { get; private set; }

    public StreamSlot Open(StreamKey key, StreamTags tags)
    {
        if (!_streams.Contains(key))
            _streams.Add(key);
        return new StreamSlot(_streams.IndexOf(key));
    }

    public bool Sequence(long seq, StreamSlot? stream) => true;

    public void Write(StreamSlot stream, in BookUpdate update, ReadOnlySpan<BookLevel> levels)
    {
        var symbol = _streams[stream.Index].Symbol;
        if (!Books.TryGetValue(symbol, out var book))
            Books.Add(symbol, book = new PriceBook());
        if (update.IsSnapshot)
            book.Clear();
        foreach (ref readonly var level in levels)
        {
            book.Apply(level);
            Bids += level.Side == BookSide.Bid ? 1 : 0;
            Asks += level.Side == BookSide.Ask ? 1 : 0;
        }
    }

    public void Write(StreamSlot stream, in TradeEvent trade)
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

    public void Heartbeat(StreamSlot? stream)
    {
    }

    public void Notice(ServerNotice notice)
    {
    }
}
