using System.Globalization;
using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// Frames without market data: answers to requests, errors in both of their envelopes, the planned shutdown.
/// </summary>
static class BinanceNotices
{
    /// <summary>Its name on a combined connection; it needs no subscription.</summary>
    public static ReadOnlySpan<byte> ShutdownStream => "!serverShutdown"u8;

    public static void WriteShutdown(IEventWriter writer) =>
        writer.Notice(new ServerNotice(NoticeKind.ServerRestarting) { Text = "serverShutdown" });

    /// <summary>A frame that names a stream and holds nothing: all that has to be known of it.</summary>
    public static byte[] ContextFrame(BinanceStream stream) =>
        [.. "{\"stream\":\""u8, .. stream.Name, .. "\"}"u8];

    /// <summary>Writes the notice that the frame is, if it is one.</summary>
    public static bool TryWrite(in BinanceEnvelope envelope, BinanceGoodbyes goodbyes, IEventWriter writer)
    {
        if (envelope.Type.SequenceEqual("serverShutdown"u8))
            WriteShutdown(writer);
        else if (!envelope.Error.IsEmpty && BinanceEnvelope.TryRead(envelope.Error, out var error))
            WriteRefusal(error, envelope, goodbyes, writer);
        else if (!envelope.Code.IsEmpty)
            WriteRefusal(envelope, envelope, goodbyes, writer);
        else if (!envelope.Result.IsEmpty)
            WriteResult(envelope, goodbyes, writer);
        else
            return false;
        return true;
    }

    static void WriteRefusal(
        in BinanceEnvelope error, in BinanceEnvelope envelope, BinanceGoodbyes goodbyes, IEventWriter writer)
    {
        goodbyes.Take(envelope.Id);
        writer.Notice(new ServerNotice(NoticeKind.Refused)
        {
            Code = NumberOf(error.Code) ?? 0,
            Text = JsonText.Decode(JsonText.Inside(error.Message)),
            RequestId = RequestIdOf(envelope),
        });
    }

    /// <summary>
    /// Null answers SUBSCRIBE and UNSUBSCRIBE alike; a list answers LIST_SUBSCRIPTIONS, by which the connection is
    /// probed; properties answer questions nobody here asks.
    /// </summary>
    static void WriteResult(in BinanceEnvelope envelope, BinanceGoodbyes goodbyes, IEventWriter writer)
    {
        var kind = envelope.Result[0] switch
        {
            (byte)'n' => goodbyes.Take(envelope.Id) ? NoticeKind.Unsubscribed : NoticeKind.Subscribed,
            (byte)'[' => NoticeKind.Pong,
            _ => NoticeKind.Other,
        };
        writer.Notice(new ServerNotice(kind) { RequestId = RequestIdOf(envelope) });
    }

    static string? RequestIdOf(in BinanceEnvelope envelope) => NumberOf(envelope.Id) is { } number
        ? number.ToString(CultureInfo.InvariantCulture)
        : JsonText.Inside(envelope.Id) is { IsEmpty: false } text ? JsonText.Decode(text) : null;

    /// <summary>The value as a whole number, or null.</summary>
    public static long? NumberOf(ReadOnlySpan<byte> value)
    {
        var cursor = new JsonCursor(value);
        return cursor.TakeInt64(out var number) && cursor.AtEnd() ? number : null;
    }
}
