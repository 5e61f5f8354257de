using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Gateio;

/// <summary>
/// Gate.io frames to events: <c>{"time":…,"channel":…,"event":"update","result":{…}}</c>. The result is read where it
/// stands when channel and event came before it, which they always do; otherwise in a second pass. Data frames may lack
/// the event (the documents' order book V2). On its session's thread.
/// </summary>
sealed class GateioDecoder : IFrameDecoder
{
    const string NotJson = "no JSON object";
    const string BadPayload = "result not as documented for its channel";

    readonly GateioStreams _streams = new();
    readonly GateioBookFrames _books;
    readonly GateioTradeFrames _trades;
    readonly GateioRest _rest;

    // What the frame at hand holds; written once the frame has been read to its end.
    GateioStreamKind _kind;
    NamedStream? _stream;
    BookUpdate _update;
    DepthSnapshot _top;
    BookTickerEvent _best;
    TickerEvent _day;
    CandleEvent _candle;

    public GateioDecoder()
    {
        _books = new GateioBookFrames(_streams);
        _trades = new GateioTradeFrames(_streams);
        _rest = new GateioRest(_streams, _books);
    }

    public string? LastFault { get; private set; }

    public FrameVerdict Decode(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        LastFault = null;
        _kind = GateioStreamKind.None;
        var cursor = new JsonCursor(frame);
        var envelope = default(GateioEnvelope);
        if (!TryTakeFrame(ref cursor, ref envelope))
            return Refuse(LastFault ?? NotJson);
        if (_kind != GateioStreamKind.None)
            return Write(envelope, writer);
        if (GateioNotices.TryWrite(envelope, writer))
            return FrameVerdict.Decoded;
        if (!envelope.Event.IsEmpty && !envelope.Event.SequenceEqual("update"u8))
            return FrameVerdict.Ignored;
        var kind = GateioChannels.KindOf(envelope.Channel);
        if (kind == GateioStreamKind.None)
            return FrameVerdict.Ignored;
        var result = new JsonCursor(envelope.Result);
        return TryTakeResult(ref result, kind) ? Write(envelope, writer) : Refuse(BadPayload);
    }

    public FrameVerdict DecodeAnswer(ReadOnlySpan<byte> path, int status, ReadOnlySpan<byte> body, IEventWriter writer)
    {
        LastFault = null;
        var verdict = _rest.Decode(path, status, body, writer);
        if (verdict == FrameVerdict.Malformed)
            LastFault = GateioRest.BadSnapshot;
        return verdict;
    }

    /// <summary>Every frame names its stream: nothing has to be remembered from the requests.</summary>
    public void Sent(ReadOnlySpan<byte> frame)
    {
    }

    public IReadOnlyList<DecoderContext> Context() => [];

    public void Restore(in DecoderContext context, IEventWriter writer)
    {
    }

    bool TryTakeFrame(ref JsonCursor cursor, ref GateioEnvelope envelope)
    {
        if (!cursor.Take((byte)'{'))
            return false;
        if (cursor.Take((byte)'}'))
            return cursor.AtEnd();
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            if (key.SequenceEqual("result"u8) && envelope.Event.SequenceEqual("update"u8)
                && GateioChannels.KindOf(envelope.Channel) is var kind and not GateioStreamKind.None)
            {
                if (TryTakeResult(ref cursor, kind))
                    continue;
                LastFault = BadPayload;
                return false;
            }

            if (!cursor.TakeValue(out var value))
                return false;
            envelope.Keep(key, value);
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}') && cursor.AtEnd();
    }

    bool TryTakeResult(ref JsonCursor cursor, GateioStreamKind kind)
    {
        _kind = kind;
        return kind switch
        {
            GateioStreamKind.Book or GateioStreamKind.BookUpdate =>
                _books.TryTakeUpdate(ref cursor, kind, out _stream, out _update),
            GateioStreamKind.TopOfBook => _books.TryTakeTop(ref cursor, out _stream, out _top),
            GateioStreamKind.BookTicker => GateioTickerFrames.TryTakeBest(ref cursor, _streams, out _stream, out _best),
            GateioStreamKind.Ticker => GateioTickerFrames.TryTakeDay(ref cursor, _streams, out _stream, out _day),
            GateioStreamKind.Candles => GateioCandleFrames.TryTake(ref cursor, _streams, out _stream, out _candle),
            _ => _trades.TryTake(ref cursor),
        };
    }

    FrameVerdict Write(in GateioEnvelope envelope, IEventWriter writer)
    {
        if (_kind == GateioStreamKind.Trades)
            return WriteTrades(writer);
        if (_stream is null)
            return FrameVerdict.Ignored;
        var slot = _streams.SlotOf(_kind, _stream, writer);
        switch (_kind)
        {
            case GateioStreamKind.Book or GateioStreamKind.BookUpdate:
                writer.Write(slot, _update, _books.Levels);
                break;
            case GateioStreamKind.TopOfBook:
                writer.Write(slot, _top, _books.Levels);
                break;
            case GateioStreamKind.BookTicker:
                writer.Write(slot, _best);
                break;
            case GateioStreamKind.Ticker:
                writer.Write(slot, _day with { Stamp = Pushed(envelope) });
                break;
            default:
                writer.Write(slot, _candle with { Stamp = Pushed(envelope) });
                break;
        }

        return FrameVerdict.Decoded;
    }

    FrameVerdict WriteTrades(IEventWriter writer)
    {
        var verdict = FrameVerdict.Ignored;
        foreach (ref readonly var entry in _trades.Written)
        {
            if (entry.Stream is not { } stream)
                continue;
            writer.Write(_streams.SlotOf(GateioStreamKind.Trades, stream, writer), entry.Trade);
            verdict = FrameVerdict.Decoded;
        }

        return verdict;
    }

    /// <summary>Tickers and candles have no time of their own: that of the push.</summary>
    static EventStamp Pushed(in GateioEnvelope envelope) =>
        new(EventStamp.None, GateioValues.TimeOf(envelope.Milliseconds, envelope.Seconds));

    FrameVerdict Refuse(string fault)
    {
        LastFault = fault;
        return FrameVerdict.Malformed;
    }
}
