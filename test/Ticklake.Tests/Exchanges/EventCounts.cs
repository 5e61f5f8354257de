using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Tests.Exchanges;

/// <summary>Counts what is written and allocates nothing while doing so.</summary>
sealed class EventCounts : IEventWriter
{
    readonly List<StreamKey> _streams = [];

    public long Trades { get; private set; }

    public long TradesUpdated { get; private set; }

    public long TradeSnapshotRows { get; private set; }

    public long Books { get; private set; }

    public long BookSnapshots { get; private set; }

    public long Deletes { get; private set; }

    public long Checksums { get; private set; }

    public long Tickers { get; private set; }

    public long BookTickers { get; private set; }

    public long Candles { get; private set; }

    public long Heartbeats { get; private set; }

    public long Sequences { get; private set; }

    public long SequenceBreaks { get; private set; }

    public long UpdateIdBreaks { get; private set; }

    public long LinkBreaks { get; private set; }

    public long TradeIdBreaks { get; private set; }

    public long Calls { get; private set; }

    public IReadOnlyList<StreamKey> Streams => _streams;

    long _lastSeq = -1;
    readonly Dictionary<int, long> _lastUpdate = [];
    readonly Dictionary<int, long> _lastTrade = [];

    public StreamSlot Open(StreamKey key, StreamTags tags)
    {
        Calls++;
        if (!_streams.Contains(key))
            _streams.Add(key);
        return new StreamSlot(_streams.IndexOf(key));
    }

    public bool Sequence(long seq, StreamSlot? stream)
    {
        Calls++;
        Sequences++;
        if (_lastSeq >= 0 && seq != _lastSeq + 1)
            SequenceBreaks++;
        _lastSeq = seq;
        return true;
    }

    public void Write(StreamSlot stream, in TradeEvent trade)
    {
        Calls++;
        if (trade.Message == TradeMessage.Updated)
            TradesUpdated++;
        else if (trade.IsSnapshot)
            TradeSnapshotRows++;
        else
            Trades++;
        if (_lastTrade.TryGetValue(stream.Index, out var last) && trade.Id.Number != last + 1)
            TradeIdBreaks++;
        _lastTrade[stream.Index] = trade.Id.Number;
    }

    public void Write(StreamSlot stream, in BookUpdate update, ReadOnlySpan<BookLevel> levels)
    {
        Calls++;
        if (update.IsSnapshot)
        {
            BookSnapshots++;
            return;
        }

        Books++;
        foreach (ref readonly var level in levels)
            Deletes += level.Amount.IsZero ? 1 : 0;
        if (update.FirstUpdateId == EventStamp.None)
            return;
        if (_lastUpdate.TryGetValue(stream.Index, out var last))
        {
            UpdateIdBreaks += update.FirstUpdateId != last + 1 ? 1 : 0;
            LinkBreaks += update.PreviousUpdateId != last ? 1 : 0;
        }

        _lastUpdate[stream.Index] = update.LastUpdateId;
    }

    public void Write(StreamSlot stream, in RawBookUpdate update, ReadOnlySpan<BookOrder> orders) => Calls++;

    public void Write(StreamSlot stream, in BookChecksum checksum)
    {
        Calls++;
        Checksums++;
    }

    public void Write(StreamSlot stream, in TickerEvent ticker)
    {
        Calls++;
        Tickers++;
    }

    public void Write(StreamSlot stream, in BookTickerEvent ticker)
    {
        Calls++;
        BookTickers++;
    }

    public void Write(StreamSlot stream, in CandleEvent candle)
    {
        Calls++;
        Candles++;
    }

    public void Write(StreamSlot stream, in DepthSnapshot snapshot, ReadOnlySpan<BookLevel> levels) => Calls++;

    public void Write(StreamSlot stream, in MarkPriceEvent price) => Calls++;

    public void Write(StreamSlot stream, in LiquidationEvent liquidation) => Calls++;

    public void PassOver(StreamSlot stream, TradeId id, long exchangeTimeUs) => Calls++;

    public void Heartbeat(StreamSlot? stream)
    {
        Calls++;
        Heartbeats++;
    }

    public void Notice(ServerNotice notice) => Calls++;
}
