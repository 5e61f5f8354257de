using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Okx;

/// <summary>
/// OKX frames to events: <c>{"arg":{"channel":…,"instId":…},"action":…,"data":[…]}</c>, controls with an
/// <c>event</c>, and the bare text <c>pong</c>. Every frame names its stream; what is remembered of a stream is whether it was given back and
/// whether it has delivered. On its session's thread.
/// </summary>
sealed class OkxDecoder : IFrameDecoder
{
    const string NotJson = "no JSON object or array";
    const string BadPayload = "payload not as documented for its channel";

    static ReadOnlySpan<byte> UsualStart => "{\"arg\":{\"channel\":\""u8;

    static ReadOnlySpan<byte> ArgEnd => "\"},"u8;

    readonly OkxStreams _streams;
    readonly OkxNotices _notices;

    // What the frame at hand holds; written once the frame has been read to its end.
    readonly OkxBookFrames _books = new();
    readonly FrameRows<TradeEvent> _trades = new();
    readonly FrameRows<TickerEvent> _tickers = new();
    readonly FrameRows<CandleEvent> _candles = new();

    public OkxDecoder(MarketId market)
    {
        _streams = new OkxStreams(market);
        _notices = new OkxNotices(_streams);
    }

    public string? LastFault { get; private set; }

    public FrameVerdict Decode(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        LastFault = null;
        if (frame.StartsWith(UsualStart))
        {
            var rest = frame[UsualStart.Length..];
            var length = rest.IndexOf(ArgEnd);
            if (length > 0 && _streams.FindOpen(rest[..length]) is { } stream
                && TryTakeUsual(rest[(length + ArgEnd.Length)..], stream))
                return Write(stream, writer);
        }

        return DecodeInAnyOrder(frame, writer);
    }

    /// <summary>Nothing is asked for by REST; recordings hold instrument lists.</summary>
    public FrameVerdict DecodeAnswer(ReadOnlySpan<byte> path, int status, ReadOnlySpan<byte> body, IEventWriter writer)
    {
        LastFault = null;
        return FrameVerdict.Ignored;
    }

    /// <summary>Answers name what they are about.</summary>
    public void Sent(ReadOnlySpan<byte> frame)
    {
    }

    /// <summary>The last acknowledgement about each stream: its next frame may not be its first.</summary>
    public IReadOnlyList<DecoderContext> Context() =>
        [.. _streams.Open.Select(stream => new DecoderContext(OkxNotices.ContextFrame(stream), !stream.AwaitsFirst))];

    public void Restore(in DecoderContext context, IEventWriter writer)
    {
        if (OkxEnvelope.TryRead(context.Frame, out var envelope) && _streams.Find(envelope.Arg) is { } stream)
            _notices.Restore(stream, envelope, context.HasData, writer);
    }

    /// <summary>What follows the argument: <c>"action":"update","data":[…]}</c> or the data alone.</summary>
    bool TryTakeUsual(ReadOnlySpan<byte> rest, OkxStream stream)
    {
        var cursor = new JsonCursor(rest);
        ReadOnlySpan<byte> action = default;
        if (cursor.TakeExactly("\"action\":\""u8) && !cursor.TakeUntilQuote(out action))
            return false;
        return cursor.TakeExactly("\"data\":"u8) && TryTakePayload(ref cursor, stream, action)
            && cursor.Take((byte)'}') && cursor.AtEnd();
    }

    FrameVerdict DecodeInAnyOrder(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        if (!OkxEnvelope.TryRead(frame, out var envelope))
            return DecodeOther(frame, writer);
        if (!envelope.Event.IsEmpty)
        {
            _notices.Write(envelope, writer);
            return FrameVerdict.Decoded;
        }

        if (envelope.Arg.IsEmpty || envelope.Data.IsEmpty || _streams.Find(envelope.Arg) is not { } stream)
            return FrameVerdict.Ignored;
        var payload = new JsonCursor(envelope.Data);
        return TryTakePayload(ref payload, stream, envelope.Action) && payload.AtEnd()
            ? Write(stream, writer)
            : Refuse(BadPayload);
    }

    /// <summary>The answer to a ping is no JSON; a ping of the server's own asks for nothing that frames do not show.</summary>
    FrameVerdict DecodeOther(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        if (frame.SequenceEqual("pong"u8))
        {
            writer.Heartbeat(null);
            writer.Notice(new ServerNotice(NoticeKind.Pong));
            return FrameVerdict.Decoded;
        }

        if (frame.SequenceEqual("ping"u8))
            return FrameVerdict.Ignored;
        var cursor = new JsonCursor(frame);
        return cursor.Next() == '[' && cursor.Skip() && cursor.AtEnd() ? FrameVerdict.Ignored : Refuse(NotJson);
    }

    bool TryTakePayload(ref JsonCursor cursor, OkxStream stream, ReadOnlySpan<byte> action)
    {
        _books.Clear();
        _trades.Clear();
        _tickers.Clear();
        _candles.Clear();
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (!TryTakeElement(ref cursor, stream, action))
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    bool TryTakeElement(ref JsonCursor cursor, OkxStream stream, ReadOnlySpan<byte> action)
    {
        switch (stream.Kind)
        {
            case OkxStreamKind.Book or OkxStreamKind.TopLevels or OkxStreamKind.BestPrices:
                return _books.TryTake(ref cursor, stream, action);
            case OkxStreamKind.Trades or OkxStreamKind.Fills:
                if (!OkxTradeFrames.TryTake(ref cursor, stream, out var trade))
                    return false;
                _trades.Add(trade);
                return true;
            case OkxStreamKind.Ticker:
                if (!OkxTickerFrames.TryTake(ref cursor, stream, out var ticker))
                    return false;
                _tickers.Add(ticker);
                return true;
            default:
                if (!OkxCandleFrames.TryTake(ref cursor, stream, out var candle))
                    return false;
                _candles.Add(candle);
                return true;
        }
    }

    FrameVerdict Write(OkxStream stream, IEventWriter writer)
    {
        if (_books.Books.Length + _trades.Count + _tickers.Count + _candles.Count == 0)
            return FrameVerdict.Ignored;
        var slot = _streams.SlotOf(stream, writer);
        stream.AwaitsFirst = false;
        WriteBooks(stream, slot, writer);
        foreach (ref readonly var trade in _trades.Written)
            writer.Write(slot, trade);
        foreach (ref readonly var ticker in _tickers.Written)
            writer.Write(slot, ticker);
        foreach (ref readonly var candle in _candles.Written)
            writer.Write(slot, candle);
        return FrameVerdict.Decoded;
    }

    void WriteBooks(OkxStream stream, StreamSlot slot, IEventWriter writer)
    {
        for (var i = 0; i < _books.Books.Length; i++)
        {
            ref readonly var book = ref _books.Books[i];
            var levels = _books.LevelsOf(i);
            switch (stream.Kind)
            {
                case OkxStreamKind.TopLevels:
                    writer.Write(slot, new DepthSnapshot(book.Update.Stamp, book.Update.LastUpdateId), levels);
                    break;
                case OkxStreamKind.BestPrices:
                    writer.Write(slot, BestOf(book.Update, levels));
                    break;
                default:
                    writer.Write(slot, book.Update, levels);
                    // Constant 0 since 2026-06-23 (okx.md 5.4): no checksum, and never a reason to doubt the book.
                    if (book.Checksum != 0)
                        writer.Write(slot, new BookChecksum(book.Update.Stamp, book.Checksum));
                    break;
            }
        }
    }

    static BookTickerEvent BestOf(in BookUpdate update, ReadOnlySpan<BookLevel> levels)
    {
        BookLevel none = new(BookSide.Bid, Core.Numbers.ExactDecimal.None, Core.Numbers.ExactDecimal.None);
        BookLevel bid = none, ask = none;
        // The best of each side stands first among its own.
        for (var i = levels.Length - 1; i >= 0; i--)
        {
            if (levels[i].Side == BookSide.Bid)
                bid = levels[i];
            else
                ask = levels[i];
        }

        return new BookTickerEvent(update.Stamp, bid.Price, bid.Amount, ask.Price, ask.Amount, update.LastUpdateId);
    }

    FrameVerdict Refuse(string fault)
    {
        LastFault = fault;
        return FrameVerdict.Malformed;
    }
}
