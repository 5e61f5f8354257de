using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// Binance spot stream frames to events. Combined connections wrap each payload in
/// <c>{"stream":"btcusdt@trade","data":{…}}</c>; the name says which stream and shape it is. Raw payloads are
/// recognised
/// by their <c>e</c> and <c>s</c>, which costs a second pass. On its session's thread.
/// </summary>
sealed class BinanceDecoder : IFrameDecoder
{
    const string NotJson = "no JSON object or array";
    const string BadPayload = "payload not as documented for its stream";

    readonly BinanceStreams _streams = new();
    readonly BinanceBookFrames _books = new();
    readonly BinanceGoodbyes _goodbyes = new();
    readonly BinanceRest _rest;
    readonly byte[] _rawName = new byte[128];

    // What the frame at hand holds; written once the frame has been read to its end.
    TradeEvent _trade;
    BookUpdate _update;
    long _wholeBookId;
    BookTickerEvent _best;
    TickerEvent _day;
    CandleEvent _candle;

    public BinanceDecoder() => _rest = new BinanceRest(_streams, _books);

    public string? LastFault { get; private set; }

    public FrameVerdict Decode(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        LastFault = null;
        var cursor = new JsonCursor(frame);
        if (cursor.TakeExactly("{\"stream\":\""u8) && cursor.TakeUntilQuote(out var name)
            && cursor.TakeExactly("\"data\":"u8) && _streams.FindOpen(name) is { } stream)
        {
            if (TryTakePayload(ref cursor, stream) && cursor.Take((byte)'}') && cursor.AtEnd())
                return Write(stream, writer);
        }

        return DecodeInAnyOrder(frame, writer);
    }

    public FrameVerdict DecodeAnswer(ReadOnlySpan<byte> path, int status, ReadOnlySpan<byte> body, IEventWriter writer)
    {
        LastFault = null;
        var verdict = _rest.Decode(path, status, body, writer);
        if (verdict == FrameVerdict.Malformed)
            LastFault = BinanceRest.BadSnapshot;
        return verdict;
    }

    /// <summary>Every frame names its stream; only the answer to a goodbye looks like that to a request.</summary>
    public void Sent(ReadOnlySpan<byte> frame) => _goodbyes.Sent(frame);

    /// <summary>
    /// Nothing but the slow depth streams: a REST snapshot names its symbol only, and without them would be taken for
    /// the
    /// fast stream's.
    /// </summary>
    public IReadOnlyList<DecoderContext> Context() =>
        [.. _streams.Open.Where(stream => stream.Key.Variant == BinanceStreamName.SlowVariant)
            .Select(stream => new DecoderContext(BinanceNotices.ContextFrame(stream), HasData: true))];

    public void Restore(in DecoderContext context, IEventWriter writer)
    {
        if (BinanceEnvelope.TryRead(context.Frame, out var envelope)
            && _streams.Find(envelope.Stream) is { } stream)
            _streams.SlotOf(stream, writer);
    }

    FrameVerdict DecodeInAnyOrder(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        if (!BinanceEnvelope.TryRead(frame, out var envelope))
            return DecodeArray(frame);
        if (!envelope.Stream.IsEmpty && !envelope.Data.IsEmpty)
            return DecodeWrapped(envelope, writer);
        if (BinanceNotices.TryWrite(envelope, _goodbyes, writer))
            return FrameVerdict.Decoded;
        if (RawStreamOf(envelope) is not { } stream)
            return FrameVerdict.Ignored;
        var payload = new JsonCursor(frame);
        return TryTakePayload(ref payload, stream) ? Write(stream, writer) : Refuse(BadPayload);
    }

    FrameVerdict DecodeWrapped(in BinanceEnvelope envelope, IEventWriter writer)
    {
        if (envelope.Stream.SequenceEqual(BinanceNotices.ShutdownStream))
        {
            BinanceNotices.WriteShutdown(writer);
            return FrameVerdict.Decoded;
        }

        if (_streams.Find(envelope.Stream) is not { } stream)
            return FrameVerdict.Ignored;
        var payload = new JsonCursor(envelope.Data);
        return TryTakePayload(ref payload, stream) ? Write(stream, writer) : Refuse(BadPayload);
    }

    /// <summary>An array is an all-market stream on a raw connection: not recorded.</summary>
    FrameVerdict DecodeArray(ReadOnlySpan<byte> frame)
    {
        var cursor = new JsonCursor(frame);
        return cursor.Next() == '[' && cursor.Skip() && cursor.AtEnd() ? FrameVerdict.Ignored : Refuse(NotJson);
    }

    /// <summary>
    /// The stream that a payload without wrapper must be of; its speed cannot be told, the default is assumed.
    /// </summary>
    BinanceStream? RawStreamOf(in BinanceEnvelope envelope)
    {
        var type = envelope.Type;
        if (type.IsEmpty)
        {
            var best = BinanceValues.Bit('u') | BinanceValues.Bit('b') | BinanceValues.Bit('a');
            return (envelope.Letters & best) == best ? Named(envelope.Symbol, "@bookTicker"u8) : null;
        }

        if (type.SequenceEqual("trade"u8))
            return Named(envelope.Symbol, "@trade"u8);
        if (type.SequenceEqual("aggTrade"u8))
            return Named(envelope.Symbol, "@aggTrade"u8);
        if (type.SequenceEqual("depthUpdate"u8))
            return Named(envelope.Symbol, "@depth@100ms"u8);
        if (type.SequenceEqual("24hrTicker"u8))
            return Named(envelope.Symbol, "@ticker"u8);
        return type.SequenceEqual("kline"u8) && BinanceCandleFrames.TryFindInterval(envelope.Candle, out var interval)
            ? Named(envelope.Symbol, "@kline_"u8, interval)
            : null;
    }

    BinanceStream? Named(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> type, ReadOnlySpan<byte> interval = default)
    {
        var length = symbol.Length + type.Length + interval.Length;
        if (symbol.IsEmpty || length > _rawName.Length)
            return null;
        symbol.CopyTo(_rawName);
        type.CopyTo(_rawName.AsSpan(symbol.Length));
        interval.CopyTo(_rawName.AsSpan(symbol.Length + type.Length));
        return _streams.Find(_rawName.AsSpan(0, length));
    }

    bool TryTakePayload(ref JsonCursor cursor, BinanceStream stream) => stream.Kind switch
    {
        BinanceStreamKind.Depth => _books.TryTakeUpdate(ref cursor, stream, out _update),
        BinanceStreamKind.BookTicker => BinanceTickerFrames.TryTakeBest(ref cursor, stream, out _best),
        BinanceStreamKind.Trade or BinanceStreamKind.AggregateTrade =>
            BinanceTradeFrames.TryTake(ref cursor, stream, out _trade),
        BinanceStreamKind.PartialDepth => _books.TryTakeWhole(ref cursor, out _wholeBookId),
        BinanceStreamKind.Ticker => BinanceTickerFrames.TryTakeDay(ref cursor, stream, out _day),
        _ => BinanceCandleFrames.TryTake(ref cursor, stream, out _candle),
    };

    FrameVerdict Write(BinanceStream stream, IEventWriter writer)
    {
        var slot = _streams.SlotOf(stream, writer);
        switch (stream.Kind)
        {
            case BinanceStreamKind.Depth:
                writer.Write(slot, _update, _books.Levels);
                break;
            case BinanceStreamKind.BookTicker:
                writer.Write(slot, _best);
                break;
            case BinanceStreamKind.Trade or BinanceStreamKind.AggregateTrade:
                writer.Write(slot, _trade);
                break;
            case BinanceStreamKind.PartialDepth:
                var stamp = new EventStamp(_wholeBookId, EventStamp.None);
                writer.Write(slot, new DepthSnapshot(stamp, _wholeBookId), _books.Levels);
                break;
            case BinanceStreamKind.Ticker:
                writer.Write(slot, _day);
                break;
            default:
                writer.Write(slot, _candle);
                break;
        }

        return FrameVerdict.Decoded;
    }

    FrameVerdict Refuse(string fault)
    {
        LastFault = fault;
        return FrameVerdict.Malformed;
    }
}
