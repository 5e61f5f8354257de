using System.Runtime.CompilerServices;
using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>
/// Bitfinex WebSocket v2 frames to events. Array frames are <c>[CHAN_ID, payload | "type", …, seq?, ts?]</c>; objects
/// are
/// left to <see cref="BitfinexEventDecoder"/>. Holds the connection's channel ids and flags, on its session's thread.
/// </summary>
sealed class BitfinexDecoder : IFrameDecoder
{
    const string NotJson = "neither a JSON array nor a JSON object";
    const string BadArray = "array frame does not begin with a channel id";
    const string BadEnd = "sequence number, timestamp or end of the array frame not as documented";
    const string BadBook = "book entry not as documented";
    const string BadTrade = "trade not as documented";
    const string BadTicker = "ticker not as documented";
    const string BadCandle = "candle not as documented";
    const string BadChecksum = "checksum is no 32-bit integer";
    const string BadPayload = "payload is no JSON value";

    readonly BitfinexChannels _channels = new();
    readonly BitfinexEventDecoder _events;
    readonly BitfinexBookFrames _books = new();
    readonly BitfinexTradeFrames _trades = new();
    readonly BitfinexCandleFrames _candles = new();
    long _batches;

    public BitfinexDecoder(DecoderOptions options) =>
        _events = new BitfinexEventDecoder(_channels, options.ConfFlags ?? 0);

    public string? LastFault { get; private set; }

    public FrameVerdict Decode(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        LastFault = null;
        var cursor = new JsonCursor(frame);
        switch (cursor.Next())
        {
            case (byte)'[':
                return DecodeArray(ref cursor, writer);
            case (byte)'{':
                LastFault = _events.Decode(frame, writer);
                return LastFault is null ? FrameVerdict.Decoded : FrameVerdict.Malformed;
            default:
                return Refuse(NotJson);
        }
    }

    /// <summary>A recorder asks this exchange for nothing by REST: it cannot be aligned with the stream.</summary>
    public FrameVerdict DecodeAnswer(ReadOnlySpan<byte> path, int status, ReadOnlySpan<byte> body, IEventWriter writer)
    {
        LastFault = null;
        return FrameVerdict.Ignored;
    }

    public void Sent(ReadOnlySpan<byte> frame)
    {
    }

    public IReadOnlyList<DecoderContext> Context()
    {
        var context = new List<DecoderContext>();
        if (_events.ConfAcknowledgement is { } conf)
            context.Add(new DecoderContext(conf, HasData: true, _batches));
        foreach (var channel in _channels.Open)
            context.Add(new DecoderContext(channel.Acknowledgement, channel.HasData, _batches));
        return context;
    }

    public void Restore(in DecoderContext context, IEventWriter writer)
    {
        _batches = Math.Max(_batches, context.BatchCount);
        _events.Restore(context, writer);
    }

    FrameVerdict DecodeArray(ref JsonCursor cursor, IEventWriter writer)
    {
        if (!cursor.Take((byte)'[') || !cursor.TakeInt64(out var id) || !cursor.Take((byte)','))
            return Refuse(BadArray);
        var channel = _channels.Find(id);
        var next = cursor.Next();
        if (next == '"')
            return DecodeTyped(ref cursor, channel, writer);
        // A payload may be null (liq:global), and frames of a channel may come before its acknowledgement.
        if (channel is null || next == 'n')
            return PassOver(ref cursor, writer);
        return channel.Kind switch
        {
            BitfinexStreamKind.Books => DecodeBook(ref cursor, channel, writer),
            BitfinexStreamKind.RawBooks => DecodeRawBook(ref cursor, channel, writer),
            BitfinexStreamKind.Trades => DecodeTradeList(ref cursor, channel, writer),
            BitfinexStreamKind.Candles => DecodeCandles(ref cursor, channel, writer),
            _ => DecodeTicker(ref cursor, channel, writer),
        };
    }

    FrameVerdict DecodeTyped(ref JsonCursor cursor, BitfinexChannel? channel, IEventWriter writer)
    {
        if (!cursor.TakeString(out var type))
            return Refuse(BadPayload);
        if (type.SequenceEqual("hb"u8))
            return DecodeHeartbeat(ref cursor, channel, writer);
        if (!cursor.Take((byte)','))
            return Refuse(BadPayload);
        if (type.SequenceEqual("cs"u8) && channel is { HasChecksum: true })
            return DecodeChecksum(ref cursor, channel, writer);
        if (channel?.Kind == BitfinexStreamKind.Trades)
        {
            if (type.SequenceEqual("te"u8))
                return DecodeTrade(ref cursor, channel, TradeMessage.Executed, writer);
            if (type.SequenceEqual("tu"u8))
                return DecodeTrade(ref cursor, channel, TradeMessage.Updated, writer);
        }

        return PassOver(ref cursor, writer);
    }

    FrameVerdict DecodeHeartbeat(ref JsonCursor cursor, BitfinexChannel? channel, IEventWriter writer)
    {
        if (!BitfinexExtras.TryTake(ref cursor, _events.Flags, out var stamp))
            return Refuse(BadEnd);
        if (!Count(stamp, writer, channel))
            return FrameVerdict.Ignored;
        writer.Heartbeat(channel?.Slot);
        return FrameVerdict.Decoded;
    }

    FrameVerdict DecodeChecksum(ref JsonCursor cursor, BitfinexChannel channel, IEventWriter writer)
    {
        if (!cursor.TakeInt64(out var value) || value is < int.MinValue or > int.MaxValue)
            return Refuse(BadChecksum);
        if (!BitfinexExtras.TryTake(ref cursor, _events.Flags, out var stamp))
            return Refuse(BadEnd);
        if (!Count(stamp, writer, channel))
            return FrameVerdict.Ignored;
        writer.Write(channel.Slot, new BookChecksum(stamp, (int)value));
        return FrameVerdict.Decoded;
    }

    FrameVerdict DecodeBook(ref JsonCursor cursor, BitfinexChannel channel, IEventWriter writer)
    {
        if (!_books.TryTakeLevels(ref cursor, out var isList))
            return Refuse(BadBook);
        if (!BitfinexExtras.TryTake(ref cursor, _events.Flags, out var stamp))
            return Refuse(BadEnd);
        if (!Count(stamp, writer, channel))
            return FrameVerdict.Ignored;
        var isSnapshot = IsSnapshot(channel, isList);
        writer.Write(
            channel.Slot, BookUpdate.WithoutIds(stamp, isSnapshot, BatchOf(isSnapshot, isList)), _books.Levels);
        return FrameVerdict.Decoded;
    }

    FrameVerdict DecodeRawBook(ref JsonCursor cursor, BitfinexChannel channel, IEventWriter writer)
    {
        if (!_books.TryTakeOrders(ref cursor, out var isList))
            return Refuse(BadBook);
        if (!BitfinexExtras.TryTake(ref cursor, _events.Flags, out var stamp))
            return Refuse(BadEnd);
        if (!Count(stamp, writer, channel))
            return FrameVerdict.Ignored;
        var isSnapshot = IsSnapshot(channel, isList);
        writer.Write(channel.Slot, new RawBookUpdate(stamp, isSnapshot, BatchOf(isSnapshot, isList)), _books.Orders);
        return FrameVerdict.Decoded;
    }

    FrameVerdict DecodeTrade(
        ref JsonCursor cursor, BitfinexChannel channel, TradeMessage message, IEventWriter writer) =>
        _trades.TryTakeOne(ref cursor, message) ? WriteTrades(ref cursor, channel, writer) : Refuse(BadTrade);

    FrameVerdict DecodeTradeList(ref JsonCursor cursor, BitfinexChannel channel, IEventWriter writer) =>
        _trades.TryTakeList(ref cursor) ? WriteTrades(ref cursor, channel, writer) : Refuse(BadTrade);

    FrameVerdict WriteTrades(ref JsonCursor cursor, BitfinexChannel channel, IEventWriter writer)
    {
        if (!BitfinexExtras.TryTake(ref cursor, _events.Flags, out var stamp))
            return Refuse(BadEnd);
        if (!Count(stamp, writer, channel))
            return FrameVerdict.Ignored;
        channel.HasData = true;
        // A trade's exchange time is its own execution time, not that of the message.
        foreach (ref readonly var trade in _trades.Trades)
            writer.Write(channel.Slot, trade with { Stamp = new EventStamp(stamp.Seq, trade.TradeTimeUs) });
        return FrameVerdict.Decoded;
    }

    FrameVerdict DecodeCandles(ref JsonCursor cursor, BitfinexChannel channel, IEventWriter writer)
    {
        if (!_candles.TryTake(ref cursor, out var isList))
            return Refuse(BadCandle);
        if (!BitfinexExtras.TryTake(ref cursor, _events.Flags, out var stamp))
            return Refuse(BadEnd);
        if (!Count(stamp, writer, channel))
            return FrameVerdict.Ignored;
        var isSnapshot = IsSnapshot(channel, isList);
        foreach (ref readonly var candle in _candles.Candles)
            writer.Write(channel.Slot, candle with { Stamp = stamp, IsSnapshot = isSnapshot });
        return FrameVerdict.Decoded;
    }

    FrameVerdict DecodeTicker(ref JsonCursor cursor, BitfinexChannel channel, IEventWriter writer)
    {
        var isRead = channel.Kind == BitfinexStreamKind.Ticker
            ? BitfinexTickerFrames.TryTakeTrading(ref cursor, out var ticker)
            : BitfinexTickerFrames.TryTakeFunding(ref cursor, out ticker);
        if (!isRead)
            return Refuse(BadTicker);
        if (!BitfinexExtras.TryTake(ref cursor, _events.Flags, out var stamp))
            return Refuse(BadEnd);
        if (!Count(stamp, writer, channel))
            return FrameVerdict.Ignored;
        channel.HasData = true;
        writer.Write(channel.Slot, ticker with { Stamp = stamp });
        return FrameVerdict.Decoded;
    }

    /// <summary>A frame of no use here: its sequence number counts all the same (JKorf/Bitfinex.Net #183).</summary>
    FrameVerdict PassOver(ref JsonCursor cursor, IEventWriter writer)
    {
        if (!cursor.Skip())
            return Refuse(BadPayload);
        if (!BitfinexExtras.TryTake(ref cursor, _events.Flags, out var stamp))
            return Refuse(BadEnd);
        Count(stamp, writer, null);
        return FrameVerdict.Ignored;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool Count(EventStamp stamp, IEventWriter writer, BitfinexChannel? channel) =>
        stamp.Seq == EventStamp.None || writer.Sequence(stamp.Seq, channel?.Slot);

    /// <summary>
    /// The first list after the acknowledgement: under BULK_UPDATES an update looks the same. A single entry before any
    /// list is an update whose snapshot has not come.
    /// </summary>
    static bool IsSnapshot(BitfinexChannel channel, bool isList)
    {
        if (!isList || channel.HasData)
            return false;
        channel.HasData = true;
        return true;
    }

    long BatchOf(bool isSnapshot, bool isList) => isList && !isSnapshot ? ++_batches : EventStamp.None;

    FrameVerdict Refuse(string fault)
    {
        LastFault = fault;
        return FrameVerdict.Malformed;
    }
}
