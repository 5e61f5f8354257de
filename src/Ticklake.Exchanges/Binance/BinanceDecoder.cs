using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// Binance stream frames to events, of spot and futures alike. Combined connections wrap each payload in
/// <c>{"stream":"btcusdt@trade","data":{…}}</c>; the name says which stream and shape it is. Raw payloads are
/// recognised
/// by their <c>e</c> and <c>s</c>, which costs a second pass. On its session's thread.
/// </summary>
sealed class BinanceDecoder : IFrameDecoder
{
    const string NotJson = "no JSON object or array";
    const string BadPayload = "payload not as documented for its stream";

    readonly BinanceProfile _profile;
    readonly BinanceStreams _streams;
    readonly BinanceAllMarketFrames _allMarket;
    readonly BinanceBookFrames _books = new();
    readonly BinanceGoodbyes _goodbyes = new();
    readonly BinanceRest _rest;

    // What the frame at hand holds; written once the frame has been read to its end.
    TradeEvent _trade;
    BookUpdate _update;
    long _wholeBookId;
    BookTickerEvent _best;
    TickerEvent _day;
    CandleEvent _candle;
    MarkPriceEvent _price;
    LiquidationEvent _liquidation;
    bool _isOurs;

    public BinanceDecoder(BinanceProfile profile)
    {
        _profile = profile;
        _streams = new BinanceStreams(profile);
        _allMarket = new BinanceAllMarketFrames(profile, _streams);
        _rest = new BinanceRest(profile, _streams, _books);
    }

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
    /// Nothing but the depth streams of other than the usual interval: a REST snapshot names its symbol only, and without
    /// them would be taken for the usual one's.
    /// </summary>
    public IReadOnlyList<DecoderContext> Context() =>
        [.. _streams.Open.Where(stream => stream.Kind == BinanceStreamKind.Depth && stream.Key.Variant.Length > 0)
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
            return DecodeArray(frame, writer);
        if (!envelope.Stream.IsEmpty && !envelope.Data.IsEmpty)
            return DecodeWrapped(envelope, writer);
        if (BinanceNotices.TryWrite(envelope, _goodbyes, writer))
            return FrameVerdict.Decoded;
        // The order inside names the symbol, the frame itself does not.
        if (envelope.Type.SequenceEqual("forceOrder"u8))
            return DecodeAllMarket("!forceOrder@arr"u8, frame, writer);
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

        if (envelope.Stream[0] == '!')
            return DecodeAllMarket(envelope.Stream, envelope.Data, writer);
        if (_streams.Find(envelope.Stream) is not { } stream)
            return FrameVerdict.Ignored;
        var payload = new JsonCursor(envelope.Data);
        return TryTakePayload(ref payload, stream) ? Write(stream, writer) : Refuse(BadPayload);
    }

    FrameVerdict DecodeAllMarket(ReadOnlySpan<byte> name, ReadOnlySpan<byte> payload, IEventWriter writer)
    {
        if (_allMarket.TryTake(name, payload, out var isRecorded))
            return _allMarket.Write(writer);
        return isRecorded ? Refuse(BadPayload) : FrameVerdict.Ignored;
    }

    /// <summary>
    /// An array is an all-market stream on a raw connection; of those only mark prices are recorded, and which interval it
    /// is cannot be told.
    /// </summary>
    FrameVerdict DecodeArray(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        var cursor = new JsonCursor(frame);
        if (cursor.Next() != '[' || !cursor.Skip() || !cursor.AtEnd())
            return Refuse(NotJson);
        return _allMarket.TryTake("!markPrice@arr@1s"u8, frame, out _) ? _allMarket.Write(writer) : FrameVerdict.Ignored;
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
            return (envelope.Letters & best) == best ? _streams.Find(envelope.Symbol, "@bookTicker"u8) : null;
        }

        if (type.SequenceEqual("trade"u8))
            return _streams.Find(envelope.Symbol, "@trade"u8);
        if (type.SequenceEqual("aggTrade"u8))
            return _streams.Find(envelope.Symbol, "@aggTrade"u8);
        if (type.SequenceEqual("depthUpdate"u8))
            return _streams.Find(envelope.Symbol, "@depth@100ms"u8);
        if (type.SequenceEqual("bookTicker"u8))
            return _streams.Find(envelope.Symbol, "@bookTicker"u8);
        if (type.SequenceEqual("markPriceUpdate"u8))
            return _streams.Find(envelope.Symbol, "@markPrice@1s"u8);
        if (type.SequenceEqual("24hrTicker"u8))
            return _streams.Find(envelope.Symbol, "@ticker"u8);
        return type.SequenceEqual("kline"u8) && BinanceCandleFrames.TryFindInterval(envelope.Candle, out var interval)
            ? _streams.Find(envelope.Symbol, "@kline_"u8, interval)
            : null;
    }

    bool TryTakePayload(ref JsonCursor cursor, BinanceStream stream) => stream.Kind switch
    {
        BinanceStreamKind.Depth or BinanceStreamKind.PartialUpdate => _books.TryTakeUpdate(ref cursor, stream, out _update),
        BinanceStreamKind.BookTicker => BinanceTickerFrames.TryTakeBest(ref cursor, stream, out _best),
        BinanceStreamKind.Trade or BinanceStreamKind.AggregateTrade =>
            BinanceTradeFrames.TryTake(ref cursor, stream, out _trade, out _isOurs),
        BinanceStreamKind.PartialDepth => _books.TryTakeWhole(ref cursor, out _wholeBookId, out _),
        BinanceStreamKind.Ticker => BinanceTickerFrames.TryTakeDay(ref cursor, stream, out _day),
        BinanceStreamKind.MarkPrice => TryTakePrice(ref cursor, stream),
        BinanceStreamKind.Liquidation => TryTakeLiquidation(ref cursor, stream),
        _ => BinanceCandleFrames.TryTake(ref cursor, stream, out _candle),
    };

    bool TryTakePrice(ref JsonCursor cursor, BinanceStream stream)
    {
        var isTaken = BinanceDerivativeFrames.TryTakePrice(ref cursor, out var contract, out _price);
        _isOurs = _profile.Holds(contract.Kind);
        return isTaken && BinanceValues.IsOf(stream, contract.Symbol);
    }

    bool TryTakeLiquidation(ref JsonCursor cursor, BinanceStream stream)
    {
        var isTaken = BinanceDerivativeFrames.TryTakeLiquidation(ref cursor, out var contract, out _liquidation);
        _isOurs = _profile.Holds(contract.Kind);
        return isTaken && BinanceValues.IsOf(stream, contract.Symbol);
    }

    FrameVerdict Write(BinanceStream stream, IEventWriter writer)
    {
        var slot = _streams.SlotOf(stream, writer);
        if (!_isOurs && stream.Kind is (BinanceStreamKind.MarkPrice or BinanceStreamKind.Liquidation))
            return FrameVerdict.Ignored;
        switch (stream.Kind)
        {
            case BinanceStreamKind.Depth:
                writer.Write(slot, _update, _books.Levels);
                break;
            case BinanceStreamKind.BookTicker:
                writer.Write(slot, _best);
                break;
            case BinanceStreamKind.Trade or BinanceStreamKind.AggregateTrade when !_isOurs:
                writer.PassOver(slot, _trade.Id, _trade.Stamp.ExchangeTimeUs);
                break;
            case BinanceStreamKind.Trade or BinanceStreamKind.AggregateTrade:
                writer.Write(slot, _trade);
                break;
            case BinanceStreamKind.PartialDepth:
                var stamp = new EventStamp(_wholeBookId, EventStamp.None);
                writer.Write(slot, new DepthSnapshot(stamp, _wholeBookId), _books.Levels);
                break;
            case BinanceStreamKind.PartialUpdate:
                writer.Write(slot, new DepthSnapshot(_update.Stamp, _update.LastUpdateId), _books.Levels);
                break;
            case BinanceStreamKind.MarkPrice:
                writer.Write(slot, _price);
                break;
            case BinanceStreamKind.Liquidation:
                writer.Write(slot, _liquidation);
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
