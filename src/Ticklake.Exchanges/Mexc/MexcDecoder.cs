using Ticklake.Core.Events;

namespace Ticklake.Exchanges.Mexc;

/// <summary>
/// MEXC spot frames to events: binary ones are one protobuf wrapper each, text ones are JSON answers. The wrapper names its
/// topic, and the topic says what the body must be. On its session's thread.
/// </summary>
sealed class MexcDecoder : IFrameDecoder
{
    const string NotProtobuf = "neither a protobuf wrapper with a channel nor JSON";
    const string OtherBody = "body of another kind than the channel says";
    const string OtherSymbol = "symbol of another stream than the channel says";
    const string BadBody = "body not as documented for its channel";

    readonly MexcStreams _streams = new();
    readonly MexcBookFrames _books = new();
    readonly MexcTradeFrames _trades = new();
    readonly MexcTickerFrames _tickers = new();
    readonly MexcAnswers _answers = new();
    readonly MexcRest _rest;

    // What the frame at hand holds, besides lists; written once the frame has been read to its end.
    BookUpdate _update;
    DepthSnapshot _whole;
    TickerEvent _day;
    CandleEvent _candle;

    public MexcDecoder() => _rest = new MexcRest(_streams, _books);

    public string? LastFault { get; private set; }

    public FrameVerdict Decode(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        LastFault = null;
        // No wrapper begins with this byte: it would be a group, and MEXC's messages have none.
        if (!frame.IsEmpty && frame[0] == '{')
        {
            var verdict = _answers.Decode(frame, writer);
            return verdict == FrameVerdict.Malformed ? Refuse(MexcAnswers.NotJson) : verdict;
        }

        if (!MexcEnvelope.TryRead(frame, out var envelope))
            return Refuse(NotProtobuf);
        // Wrappers without a body do come (recorded in June 2026); they say nothing.
        if (envelope.Body.IsEmpty || _streams.Find(envelope.Topic) is not { } stream)
            return FrameVerdict.Ignored;
        if (!envelope.Symbol.IsEmpty && !envelope.Symbol.SequenceEqual(stream.Symbol))
            return Refuse(OtherSymbol);
        if (envelope.BodyField != (uint)stream.Kind)
            return Refuse(OtherBody);
        return TryTake(envelope, stream) ? Write(envelope, stream, writer) : Refuse(BadBody);
    }

    public FrameVerdict DecodeAnswer(ReadOnlySpan<byte> path, int status, ReadOnlySpan<byte> body, IEventWriter writer)
    {
        LastFault = null;
        var verdict = _rest.Decode(path, status, body, writer);
        if (verdict == FrameVerdict.Malformed)
            LastFault = MexcRest.BadSnapshot;
        return verdict;
    }

    public void Sent(ReadOnlySpan<byte> frame) => _answers.Sent(frame);

    public IReadOnlyList<DecoderContext> Context() =>
        [.. _streams.Open.Where(MexcContext.IsNeeded)
            .Select(stream => new DecoderContext(MexcContext.FrameOf(stream), HasData: true))];

    public void Restore(in DecoderContext context, IEventWriter writer)
    {
        if (MexcContext.Read(context.Frame, _streams) is { } stream)
            _streams.SlotOf(stream, writer);
    }

    bool TryTake(in MexcEnvelope envelope, MexcStream stream) => stream.Kind switch
    {
        MexcStreamKind.Depth => _books.TryTakeUpdate(envelope, out _update),
        MexcStreamKind.BookTicker => _tickers.TryTakeQuote(envelope),
        MexcStreamKind.Deals => _trades.TryTake(envelope),
        MexcStreamKind.LimitDepth => _books.TryTakeWhole(envelope, out _whole),
        MexcStreamKind.BookTickerBatch => _tickers.TryTakeBatch(envelope),
        MexcStreamKind.MiniTicker => MexcTickerFrames.TryTakeDay(envelope, stream, out _day),
        _ => MexcCandleFrames.TryTake(envelope, stream, out _candle),
    };

    FrameVerdict Write(in MexcEnvelope envelope, MexcStream stream, IEventWriter writer)
    {
        var slot = _streams.SlotOf(stream, writer);
        switch (stream.Kind)
        {
            case MexcStreamKind.Depth:
                writer.Write(slot, _update, _books.Levels);
                return FrameVerdict.Decoded;
            case MexcStreamKind.BookTicker or MexcStreamKind.BookTickerBatch:
                return WriteQuotes(envelope.Body, stream, slot, writer);
            case MexcStreamKind.Deals:
                foreach (ref readonly var trade in _trades.Trades)
                    writer.Write(slot, trade);
                return FrameVerdict.Decoded;
            case MexcStreamKind.LimitDepth:
                return WriteWhole(stream, slot, writer);
            case MexcStreamKind.MiniTicker:
                writer.Write(slot, _day);
                return FrameVerdict.Decoded;
            default:
                writer.Write(slot, _candle);
                return FrameVerdict.Decoded;
        }
    }

    /// <summary>
    /// The 10 ms topic sends the same quote again and again, up to 99.9 % of its frames (mexc.md 4.4): those are signs of life.
    /// </summary>
    FrameVerdict WriteQuotes(ReadOnlySpan<byte> body, MexcStream stream, StreamSlot slot, IEventWriter writer)
    {
        if (body.SequenceEqual(stream.LastBody))
        {
            writer.Heartbeat(slot);
            return FrameVerdict.Decoded;
        }

        stream.KeepBody(body);
        foreach (ref readonly var quote in _tickers.Quotes)
            writer.Write(slot, quote);
        return FrameVerdict.Decoded;
    }

    /// <summary>
    /// A push that is not newer than the one before it is dropped (mexc.md 5). Than the one before, written or not: should the
    /// exchange ever count anew, a single push is lost and not all of them.
    /// </summary>
    FrameVerdict WriteWhole(MexcStream stream, StreamSlot slot, IEventWriter writer)
    {
        var isNew = stream.LastVersion == EventStamp.None || _whole.LastUpdateId > stream.LastVersion;
        stream.LastVersion = _whole.LastUpdateId;
        if (isNew)
            writer.Write(slot, _whole, _books.Levels);
        else
            writer.Heartbeat(slot);
        return FrameVerdict.Decoded;
    }

    FrameVerdict Refuse(string fault)
    {
        LastFault = fault;
        return FrameVerdict.Malformed;
    }
}
