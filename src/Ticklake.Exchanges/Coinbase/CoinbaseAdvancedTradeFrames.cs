using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>
/// Advanced Trade: <c>{"channel","timestamp","sequence_num","events":[…]}</c>. <c>sequence_num</c> counts every frame
/// of the connection from 0, acknowledgements and heartbeats too (coinbase.md 4).
/// </summary>
sealed class CoinbaseAdvancedTradeFrames(CoinbasePayloads payloads)
{
    // Timestamp is not needed to make sense of a frame, the others are.
    const int Required = 3;

    /// <summary>Restores nothing but that the counter is under way.</summary>
    public static ReadOnlySpan<byte> EmptySet => "{\"channel\":\"subscriptions\",\"sequence_num\":0,\"events\":[]}"u8;

    /// <summary>A frame that carries the counter has been read.</summary>
    public bool IsCounting { get; private set; }

    public static bool IsKnown(ReadOnlySpan<byte> channel) => KindOf(channel) != EventKind.Other;

    /// <summary>Reads on behind the opening brace or behind the member that named the channel.</summary>
    public FrameVerdict Decode(JsonCursor cursor, ReadOnlySpan<byte> channel, ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        payloads.BeginFrame();
        var kind = KindOf(channel);
        if (!TryTakeEnvelope(ref cursor, kind, out var stamp) || !cursor.AtEnd())
            return FrameVerdict.Malformed;
        if (!IsCounting)
        {
            // A connection's first frame is number 0: one that is not shows what was lost before it.
            IsCounting = true;
            writer.Sequence(-1, null);
        }

        if (!writer.Sequence(stamp.Seq, FirstOpen(kind)))
            return FrameVerdict.Decoded;
        Write(kind, stamp, frame, writer);
        return kind == EventKind.Other ? FrameVerdict.Ignored : FrameVerdict.Decoded;
    }

    public void Restore(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        payloads.BeginFrame();
        var cursor = new JsonCursor(frame);
        if (!cursor.Take((byte)'{') || !TryTakeEnvelope(ref cursor, EventKind.Subscriptions, out _))
            return;
        IsCounting = true;
        if (!frame.SequenceEqual(EmptySet))
            payloads.Subscriptions.Restore(frame, writer);
    }

    bool TryTakeEnvelope(ref JsonCursor cursor, EventKind kind, out EventStamp stamp)
    {
        long sequence = 0, time = EventStamp.None;
        var seen = 0;
        stamp = default;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            bool isTaken;
            if (key.SequenceEqual("timestamp"u8))
                isTaken = CoinbaseValues.TryTakeTime(ref cursor, out time);
            else if (key.SequenceEqual("sequence_num"u8))
                (isTaken, seen) = (cursor.TakeInt64(out sequence) && sequence >= 0, seen | 1);
            else if (key.SequenceEqual("events"u8) && (seen & 2) == 0)
                (isTaken, seen) = (TryTakeEvents(ref cursor, kind), seen | 2);
            else
                isTaken = cursor.Skip();
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        stamp = new EventStamp(sequence, time);
        return cursor.Take((byte)'}') && seen == Required;
    }

    bool TryTakeEvents(ref JsonCursor cursor, EventKind kind)
    {
        if (kind is EventKind.Other or EventKind.Heartbeats)
            return cursor.Skip();
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (!cursor.Take((byte)'{') || !TryTakeEvent(ref cursor, kind))
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    bool TryTakeEvent(ref JsonCursor cursor, EventKind kind) => kind switch
    {
        EventKind.Books => payloads.Books.TryTakeEvent(ref cursor),
        EventKind.Trades => payloads.Trades.TryTakeEvent(ref cursor),
        EventKind.Tickers => payloads.Tickers.TryTakeEvent(ref cursor),
        EventKind.Candles => payloads.Candles.TryTakeEvent(ref cursor),
        _ => payloads.Subscriptions.TryTakeEvent(ref cursor),
    };

    StreamSlot? FirstOpen(EventKind kind) => kind switch
    {
        EventKind.Books when payloads.Books.Parts is [var first, ..] => first.Stream.Slot,
        EventKind.Trades when payloads.Trades.Trades is [var first, ..] => first.Stream.Slot,
        EventKind.Tickers when payloads.Tickers.Tickers is [var first, ..] => first.Stream.Slot,
        EventKind.Candles when payloads.Candles.Candles is [var first, ..] => first.Stream.Slot,
        _ => null,
    };

    void Write(EventKind kind, EventStamp stamp, ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        switch (kind)
        {
            case EventKind.Books:
                WriteBooks(stamp, writer);
                break;
            case EventKind.Trades:
                WriteTrades(stamp, writer);
                break;
            case EventKind.Tickers:
                foreach (ref readonly var ticker in payloads.Tickers.Tickers)
                    writer.Write(payloads.Streams.SlotOf(ticker.Stream, writer), ticker.Event with { Stamp = stamp });
                break;
            case EventKind.Candles:
                foreach (ref readonly var candle in payloads.Candles.Candles)
                    writer.Write(payloads.Streams.SlotOf(candle.Stream, writer), candle.Event with { Stamp = stamp });
                break;
            case EventKind.Subscriptions:
                payloads.Subscriptions.Write(frame, writer);
                break;
            case EventKind.Heartbeats:
                writer.Heartbeat(null);
                break;
        }
    }

    void WriteBooks(EventStamp stamp, IEventWriter writer)
    {
        foreach (ref readonly var part in payloads.Books.Parts)
        {
            var time = part.TimeUs == EventStamp.None ? stamp.ExchangeTimeUs : part.TimeUs;
            writer.Write(
                payloads.Streams.SlotOf(part.Stream, writer),
                BookUpdate.WithoutIds(stamp with { ExchangeTimeUs = time }, part.IsSnapshot),
                payloads.Books.LevelsOf(part));
        }
    }

    void WriteTrades(EventStamp stamp, IEventWriter writer)
    {
        payloads.Trades.SortByAge();
        foreach (ref readonly var trade in payloads.Trades.Trades)
        {
            var numbered = trade.Event with { Stamp = trade.Event.Stamp with { Seq = stamp.Seq } };
            writer.Write(payloads.Streams.SlotOf(trade.Stream, writer), numbered);
        }
    }

    static EventKind KindOf(ReadOnlySpan<byte> channel) =>
        channel.SequenceEqual("l2_data"u8) ? EventKind.Books
        : channel.SequenceEqual("market_trades"u8) ? EventKind.Trades
        : channel.SequenceEqual("ticker"u8) ? EventKind.Tickers
        : channel.SequenceEqual("candles"u8) ? EventKind.Candles
        : channel.SequenceEqual("heartbeats"u8) ? EventKind.Heartbeats
        : channel.SequenceEqual("subscriptions"u8) ? EventKind.Subscriptions : EventKind.Other;

    enum EventKind : byte
    {
        /// <summary>Not recorded, but numbered like the others.</summary>
        Other,

        Books,
        Trades,
        Tickers,
        Candles,
        Heartbeats,
        Subscriptions,
    }
}
