using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>
/// The Exchange feed: flat objects that name their <c>type</c>. Nothing numbers the frames of a connection; trades have
/// consecutive ids, and the heartbeat of a product tells its latest (coinbase.md 4.1). Errors of both APIs look the
/// same.
/// </summary>
sealed class CoinbaseExchangeFrames(CoinbasePayloads payloads)
{
    public static bool IsKnown(ReadOnlySpan<byte> type) => KindOf(type) != MessageKind.Other;

    /// <summary>Reads on behind the opening brace or behind the member that named the type.</summary>
    public FrameVerdict Decode(JsonCursor cursor, ReadOnlySpan<byte> type, ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        payloads.BeginFrame();
        var kind = KindOf(type);
        switch (kind)
        {
            case MessageKind.Heartbeat:
                return DecodeHeartbeat(ref cursor, writer);
            case MessageKind.Error:
                return CoinbaseErrors.Decode(ref cursor, writer);
        }

        if (!TryTake(ref cursor, kind) || !cursor.AtEnd())
            return FrameVerdict.Malformed;
        if (kind == MessageKind.Subscriptions)
            payloads.Subscriptions.Write(frame, writer);
        else
            Write(writer);
        return FrameVerdict.Decoded;
    }

    public void Restore(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        payloads.BeginFrame();
        var cursor = new JsonCursor(frame);
        if (cursor.Take((byte)'{') && payloads.Subscriptions.TryTakeOfExchange(ref cursor))
            payloads.Subscriptions.Restore(frame, writer);
    }

    bool TryTake(ref JsonCursor cursor, MessageKind kind) => kind switch
    {
        MessageKind.Match => payloads.Trades.TryTakeMatch(ref cursor, isLast: false),
        MessageKind.LastMatch => payloads.Trades.TryTakeMatch(ref cursor, isLast: true),
        MessageKind.Ticker => payloads.Tickers.TryTakeOfExchange(ref cursor),
        MessageKind.Snapshot => payloads.Books.TryTakeSnapshot(ref cursor),
        MessageKind.Update => payloads.Books.TryTakeUpdate(ref cursor),
        _ => payloads.Subscriptions.TryTakeOfExchange(ref cursor),
    };

    void Write(IEventWriter writer)
    {
        foreach (ref readonly var trade in payloads.Trades.Trades)
            writer.Write(payloads.Streams.SlotOf(trade.Stream, writer), trade.Event);
        foreach (ref readonly var ticker in payloads.Tickers.Tickers)
            writer.Write(payloads.Streams.SlotOf(ticker.Stream, writer), ticker.Event);
        foreach (ref readonly var part in payloads.Books.Parts)
        {
            var stamp = new EventStamp(EventStamp.None, part.TimeUs);
            writer.Write(
                payloads.Streams.SlotOf(part.Stream, writer),
                BookUpdate.WithoutIds(stamp, part.IsSnapshot),
                payloads.Books.LevelsOf(part));
        }
    }

    /// <summary>One a second and product, whatever is subscribed of it.</summary>
    FrameVerdict DecodeHeartbeat(ref JsonCursor cursor, IEventWriter writer)
    {
        ReadOnlySpan<byte> product = default;
        var lastTrade = EventStamp.None;
        do
        {
            if (!cursor.TakeKey(out var key))
                return FrameVerdict.Malformed;
            var isTaken = key.SequenceEqual("product_id"u8) ? cursor.TakeString(out product)
                : key.SequenceEqual("last_trade_id"u8) ? cursor.TakeInt64(out lastTrade)
                : cursor.Skip();
            if (!isTaken)
                return FrameVerdict.Malformed;
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || !cursor.AtEnd() || product.IsEmpty)
            return FrameVerdict.Malformed;
        writer.Heartbeat(null);
        Beat(CoinbaseStreamKind.ExchangeTicker, product, writer);
        Beat(CoinbaseStreamKind.ExchangeBooks, product, writer);
        if (Beat(CoinbaseStreamKind.Matches, product, writer) is { } trades && lastTrade >= 0)
            writer.LatestTrade(trades, lastTrade);
        return FrameVerdict.Decoded;
    }

    StreamSlot? Beat(CoinbaseStreamKind kind, ReadOnlySpan<byte> product, IEventWriter writer)
    {
        if (payloads.Streams.FindOpen(kind, product) is not { IsLeft: false, Slot: { } slot })
            return null;
        writer.Heartbeat(slot);
        return slot;
    }

    static MessageKind KindOf(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("l2update"u8) ? MessageKind.Update
        : type.SequenceEqual("match"u8) ? MessageKind.Match
        : type.SequenceEqual("ticker"u8) ? MessageKind.Ticker
        : type.SequenceEqual("heartbeat"u8) ? MessageKind.Heartbeat
        : type.SequenceEqual("last_match"u8) ? MessageKind.LastMatch
        : type.SequenceEqual("snapshot"u8) ? MessageKind.Snapshot
        : type.SequenceEqual("subscriptions"u8) ? MessageKind.Subscriptions
        : type.SequenceEqual("error"u8) ? MessageKind.Error : MessageKind.Other;

    enum MessageKind : byte
    {
        /// <summary>Not recorded: status, auctions, level 3, and whatever may come.</summary>
        Other,

        Match,
        LastMatch,
        Ticker,
        Snapshot,
        Update,
        Heartbeat,
        Subscriptions,
        Error,
    }
}
