using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// Bybit v5 public frames to events: <c>{"topic":"publicTrade.BTCUSDT","type":…,"ts":…,"data":…}</c>. The topic, which
/// usually comes first, says which stream and shape it is. On its session's thread.
/// </summary>
sealed class BybitDecoder(MarketId market) : IFrameDecoder
{
    const string NotJson = "no JSON object";
    const string BadPayload = "payload not as documented for its topic";

    readonly BybitStreams _streams = new(market);
    readonly BybitBookFrames _books = new();
    readonly BybitTickerFrames _tickers = new();
    readonly FrameRows<TradeEvent> _trades = new();
    readonly FrameRows<CandleEvent> _candles = new();
    readonly FrameRows<LiquidationEvent> _liquidations = new();
    BybitMessage _message;

    public string? LastFault { get; private set; }

    public FrameVerdict Decode(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        LastFault = null;
        var cursor = new JsonCursor(frame);
        if (cursor.TakeExactly("{\"topic\":\""u8) && cursor.TakeUntilQuote(out var topic)
            && _streams.FindOpen(topic) is { } stream && TryTakeMembers(ref cursor, stream))
            return Write(stream, writer);
        return DecodeInAnyOrder(frame, writer);
    }

    /// <summary>Nothing is asked for by REST.</summary>
    public FrameVerdict DecodeAnswer(
        ReadOnlySpan<byte> path, int status, ReadOnlySpan<byte> body, IEventWriter writer)
    {
        LastFault = null;
        return FrameVerdict.Ignored;
    }

    /// <summary>Every frame names its topic: nothing has to be remembered from the requests.</summary>
    public void Sent(ReadOnlySpan<byte> frame)
    {
    }

    /// <summary>Tickers as merged so far and the last best prices, as the snapshots that would say the same.</summary>
    public IReadOnlyList<DecoderContext> Context() =>
    [
        .. _streams.Open.Select(BybitContext.FrameOf).OfType<byte[]>()
            .Select(frame => new DecoderContext(frame, HasData: true)),
    ];

    public void Restore(in DecoderContext context, IEventWriter writer)
    {
        if (!BybitEnvelope.TryRead(context.Frame, out var envelope) || _streams.Find(envelope.Topic) is not { } stream)
            return;
        var cursor = new JsonCursor(context.Frame);
        if (!cursor.Take((byte)'{') || !TryTakeMembers(ref cursor, stream))
            return;
        _streams.SlotOf(stream, writer);
        if (stream.Channel == Channel.Ticker)
            Merge(stream.Ticker!);
        else if (stream.Channel == Channel.BookTicker)
            (stream.Best, stream.HasBest) = (_books.ToBest(_message, default), true);
    }

    FrameVerdict DecodeInAnyOrder(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        if (!BybitEnvelope.TryRead(frame, out var envelope))
            return Refuse(NotJson);
        if (envelope.Topic.IsEmpty)
            return BybitNotices.TryWrite(envelope, writer) ? FrameVerdict.Decoded : FrameVerdict.Ignored;
        if (_streams.Find(envelope.Topic) is not { } stream)
            return FrameVerdict.Ignored;
        var cursor = new JsonCursor(frame);
        return cursor.Take((byte)'{') && TryTakeMembers(ref cursor, stream)
            ? Write(stream, writer)
            : Refuse(BadPayload);
    }

    /// <summary>Takes the members that are left, to the frame's end.</summary>
    bool TryTakeMembers(ref JsonCursor cursor, BybitStream stream)
    {
        var hasData = false;
        _message = BybitMessage.Empty;
        do
        {
            if (!cursor.TakeKey(out var name))
                return false;
            var isTaken = name.SequenceEqual("data"u8)
                ? !hasData && (hasData = TryTakeData(ref cursor, stream))
                : _message.TryTake(ref cursor, name);
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}') && cursor.AtEnd() && hasData && _message.IsWhole;
    }

    bool TryTakeData(ref JsonCursor cursor, BybitStream stream)
    {
        switch (stream.Channel)
        {
            case Channel.Books or Channel.BookTicker:
                return _books.TryTake(ref cursor, stream);
            case Channel.Trades:
                _trades.Clear();
                return _trades.TryTakeList(ref cursor, stream, BybitTradeFrames.TryTake);
            case Channel.Ticker:
                return _tickers.TryTake(ref cursor, stream);
            case Channel.Liquidations:
                _liquidations.Clear();
                return _liquidations.TryTakeList(ref cursor, stream, BybitLiquidationFrames.TryTake);
            default:
                _candles.Clear();
                return _candles.TryTakeList(ref cursor, stream, BybitCandleFrames.TryTake);
        }
    }

    FrameVerdict Write(BybitStream stream, IEventWriter writer)
    {
        var slot = _streams.SlotOf(stream, writer);
        switch (stream.Channel)
        {
            case Channel.Books:
                writer.Write(slot, _books.ToUpdate(_message), _books.Levels);
                break;
            case Channel.BookTicker:
                WriteBest(stream, slot, writer);
                break;
            case Channel.Trades:
                foreach (ref readonly var trade in _trades.Written)
                    writer.Write(slot, trade);
                break;
            case Channel.Ticker:
                WriteTicker(stream.Ticker!, slot, writer);
                break;
            case Channel.Liquidations:
                foreach (ref readonly var liquidation in _liquidations.Written)
                    writer.Write(slot, liquidation with { Stamp = new EventStamp(EventStamp.None, _message.TimeUs) });
                break;
            default:
                foreach (ref readonly var candle in _candles.Written)
                    writer.Write(slot, candle with { Stamp = new EventStamp(EventStamp.None, _message.TimeUs) });
                break;
        }

        return FrameVerdict.Decoded;
    }

    /// <summary>
    /// Level 1 repeats itself after three seconds without a change, under the same id: a sign of life and no news
    /// (v5/websocket/public/orderbook).
    /// </summary>
    void WriteBest(BybitStream stream, StreamSlot slot, IEventWriter writer)
    {
        var last = stream.Best;
        if (!_message.IsSnapshot && !stream.HasBest)
        {
            writer.Heartbeat(slot);
            return;
        }

        var best = _books.ToBest(_message, last);
        if (stream.HasBest && best == last with { Stamp = best.Stamp })
        {
            writer.Heartbeat(slot);
            return;
        }

        (stream.Best, stream.HasBest) = (best, true);
        writer.Write(slot, best);
    }

    /// <summary>
    /// A delta whose snapshot never came says nothing of what it leaves out: a sign of life, no record.
    /// </summary>
    void WriteTicker(BybitTickerState state, StreamSlot slot, IEventWriter writer)
    {
        if (!_message.IsSnapshot && !state.IsKnown)
        {
            writer.Heartbeat(slot);
            return;
        }

        Merge(state);
        writer.Write(slot, state.ToEvent());
    }

    void Merge(BybitTickerState state)
    {
        if (_message.IsSnapshot)
            state.Begin();
        state.Merge(new EventStamp(_message.CrossSequence, _message.TimeUs), _tickers.Values, _tickers.Seen);
    }

    FrameVerdict Refuse(string fault)
    {
        LastFault = fault;
        return FrameVerdict.Malformed;
    }
}
