using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// Frames without market data: answers to requests, which repeat the request's id and never its topics, and pongs in
/// their three forms (v5/ws/connect: spot and linear answer a ping with <c>op: ping</c>, options with <c>op: pong</c>).
/// </summary>
static class BybitNotices
{
    /// <summary>Writes the notice that the frame is, if it is one.</summary>
    public static bool TryWrite(in BybitEnvelope envelope, IEventWriter writer)
    {
        if (envelope.Operation.SequenceEqual("pong"u8) || envelope.Message.SequenceEqual("pong"u8))
        {
            writer.Heartbeat(null);
            Write(NoticeKind.Pong, envelope, writer);
        }
        else if (envelope.IsSuccess is { } isSuccess)
            Write(isSuccess ? KindOf(envelope.Operation) : NoticeKind.Refused, envelope, writer);
        else
            return false;
        return true;
    }

    static NoticeKind KindOf(ReadOnlySpan<byte> operation) =>
        operation.SequenceEqual("subscribe"u8) ? NoticeKind.Subscribed
        : operation.SequenceEqual("unsubscribe"u8) ? NoticeKind.Unsubscribed
        : NoticeKind.Other;

    static void Write(NoticeKind kind, in BybitEnvelope envelope, IEventWriter writer) =>
        writer.Notice(new ServerNotice(kind)
        {
            RequestId = envelope.RequestId.IsEmpty ? null : JsonText.Decode(envelope.RequestId),
            Text = kind == NoticeKind.Refused ? JsonText.Decode(envelope.Message) : "",
        });
}
