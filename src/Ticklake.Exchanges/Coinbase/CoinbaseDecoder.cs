using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>
/// Frames of both APIs to events; a connection carries one of them. Advanced Trade's name their <c>channel</c> (<see
/// cref="CoinbaseAdvancedTradeFrames"/>), Exchange's their <c>type</c> (<see cref="CoinbaseExchangeFrames"/>). On its
/// session's thread.
/// </summary>
sealed class CoinbaseDecoder : IFrameDecoder
{
    const string NotJson = "no JSON object or array";
    const string BadPayload = "payload not as documented for its channel";

    readonly CoinbaseAcknowledgement _subscriptions;
    readonly CoinbaseAdvancedTradeFrames _advancedTrade;
    readonly CoinbaseExchangeFrames _exchange;

    public CoinbaseDecoder()
    {
        var streams = new CoinbaseStreams();
        _subscriptions = new CoinbaseAcknowledgement(streams);
        var payloads = new CoinbasePayloads(streams, _subscriptions);
        _advancedTrade = new CoinbaseAdvancedTradeFrames(payloads);
        _exchange = new CoinbaseExchangeFrames(payloads);
    }

    public string? LastFault { get; private set; }

    public FrameVerdict Decode(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        LastFault = null;
        var cursor = new JsonCursor(frame);
        if (cursor.TakeExactly("{\"channel\":\""u8))
        {
            if (cursor.TakeUntilQuote(out var channel) && CoinbaseAdvancedTradeFrames.IsKnown(channel))
                return Settle(_advancedTrade.Decode(cursor, channel, frame, writer));
        }
        else if (cursor.TakeExactly("{\"type\":\""u8)
            && cursor.TakeUntilQuote(out var type) && CoinbaseExchangeFrames.IsKnown(type))
            return Settle(_exchange.Decode(cursor, type, frame, writer));

        return DecodeInAnyOrder(frame, writer);
    }

    /// <summary>Nothing is asked by REST.</summary>
    public FrameVerdict DecodeAnswer(ReadOnlySpan<byte> path, int status, ReadOnlySpan<byte> body, IEventWriter writer)
    {
        LastFault = null;
        return FrameVerdict.Ignored;
    }

    /// <summary>Every frame names its stream: nothing has to be remembered from the requests.</summary>
    public void Sent(ReadOnlySpan<byte> frame)
    {
    }

    /// <summary>
    /// What is subscribed, which the next acknowledgement is compared with, and that the counter is under way.
    /// </summary>
    public IReadOnlyList<DecoderContext> Context() =>
        _subscriptions.Frame is { } frame ? [new DecoderContext(frame, HasData: true)]
        : _advancedTrade.IsCounting ? [new DecoderContext(CoinbaseAdvancedTradeFrames.EmptySet.ToArray(), HasData: true)]
        : [];

    public void Restore(in DecoderContext context, IEventWriter writer)
    {
        var cursor = new JsonCursor(context.Frame);
        if (CoinbaseValues.TryFindText(cursor, "channel"u8, out var channel) && !channel.IsEmpty)
            _advancedTrade.Restore(context.Frame, writer);
        else
            _exchange.Restore(context.Frame, writer);
    }

    FrameVerdict DecodeInAnyOrder(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        var cursor = new JsonCursor(frame);
        if (cursor.Next() != '{')
            return cursor.Next() == '[' && cursor.Skip() && cursor.AtEnd() ? FrameVerdict.Ignored : Refuse(NotJson);
        var start = cursor;
        if (!CoinbaseValues.TryFindText(start, "channel"u8, out var channel)
            || !CoinbaseValues.TryFindText(start, "type"u8, out var type))
            return Refuse(NotJson);
        cursor.Take((byte)'{');
        if (!channel.IsEmpty)
            return Settle(_advancedTrade.Decode(cursor, channel, frame, writer));
        return CoinbaseExchangeFrames.IsKnown(type)
            ? Settle(_exchange.Decode(cursor, type, frame, writer))
            : FrameVerdict.Ignored;
    }

    FrameVerdict Settle(FrameVerdict verdict) => verdict == FrameVerdict.Malformed ? Refuse(BadPayload) : verdict;

    FrameVerdict Refuse(string fault)
    {
        LastFault = fault;
        return FrameVerdict.Malformed;
    }
}
