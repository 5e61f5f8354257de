using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Core.Time;
using Ticklake.Runtime.Pipeline;

namespace Ticklake.Runtime.Sessions;

/// <summary>
/// Takes from a waiting session's frames only what its subscriptions need: notices and signs of life. Its data is processed
/// later. Session thread only.
/// </summary>
sealed class SignalReader : IEventWriter
{
    readonly List<StreamActivity> _slots = [];
    bool _isCounted;

    public SessionFeed Feed { get; } = new();

    public TimestampNs Time { get; set; }

    public StreamSlot Open(StreamKey key, StreamTags tags)
    {
        var activity = Feed.ActivityOf(key);
        var index = _slots.IndexOf(activity);
        if (index >= 0)
            return new StreamSlot(index);
        _slots.Add(activity);
        return new StreamSlot(_slots.Count - 1);
    }

    public bool Sequence(long seq, StreamSlot? stream)
    {
        _isCounted = true;
        return true;
    }

    public void Write(StreamSlot stream, in TradeEvent trade) => Touch(stream);

    public void Write(StreamSlot stream, in BookUpdate update, ReadOnlySpan<BookLevel> levels) => Touch(stream);

    public void Write(StreamSlot stream, in RawBookUpdate update, ReadOnlySpan<BookOrder> orders) => Touch(stream);

    public void Write(StreamSlot stream, in BookChecksum checksum) => Heartbeat(stream);

    public void Write(StreamSlot stream, in TickerEvent ticker) => Touch(stream);

    public void Write(StreamSlot stream, in BookTickerEvent ticker) => Touch(stream);

    public void Write(StreamSlot stream, in CandleEvent candle) => Touch(stream);

    public void Write(StreamSlot stream, in DepthSnapshot snapshot, ReadOnlySpan<BookLevel> levels) => Touch(stream);

    public void Heartbeat(StreamSlot? stream)
    {
        if (stream is { } slot)
            _slots[slot.Index].LastHeartbeat = Time;
        else if (_isCounted)
            _slots.ForEach(activity => activity.LastHeartbeat = Time);
    }

    public void Notice(ServerNotice notice) => Feed.Notices.Add(notice);

    void Touch(StreamSlot stream) => _slots[stream.Index].LastData = Time;
}
