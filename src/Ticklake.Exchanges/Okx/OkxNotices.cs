using System.Globalization;
using System.Text;
using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Okx;

/// <summary>Frames without market data: acknowledgements, errors, the notice of a service upgrade (okx.md 2.2, 3).</summary>
sealed class OkxNotices(OkxStreams streams)
{
    /// <summary>The connection will be closed in about a minute.</summary>
    const long ServiceUpgrade = 64008;

    static ReadOnlySpan<byte> Subscribe => "subscribe"u8;

    static ReadOnlySpan<byte> Unsubscribe => "unsubscribe"u8;

    /// <summary>The last acknowledgement about the stream: all that has to be known of it to go on.</summary>
    public static byte[] ContextFrame(OkxStream stream) =>
    [
        .. "{\"event\":\""u8, .. stream.IsLeft ? Unsubscribe : Subscribe,
        .. "\",\"arg\":{\"channel\":\""u8, .. stream.Name, .. "\"}}"u8,
    ];

    /// <summary>Takes one back.</summary>
    public void Restore(OkxStream stream, in OkxEnvelope envelope, bool hasData, IEventWriter writer)
    {
        Begin(stream, writer);
        stream.AwaitsFirst = !hasData;
        stream.IsLeft = envelope.Event.SequenceEqual(Unsubscribe);
    }

    public void Write(in OkxEnvelope envelope, IEventWriter writer)
    {
        if (envelope.Event.SequenceEqual(Subscribe))
            WriteAcknowledgement(NoticeKind.Subscribed, envelope, writer);
        else if (envelope.Event.SequenceEqual(Unsubscribe))
            WriteAcknowledgement(NoticeKind.Unsubscribed, envelope, writer);
        else if (envelope.Event.SequenceEqual("error"u8))
            WriteText(NoticeKind.Refused, envelope, writer);
        else if (envelope.Event.SequenceEqual("notice"u8) && CodeOf(envelope) == ServiceUpgrade)
            WriteText(NoticeKind.ServerRestarting, envelope, writer);
        else
            WriteText(NoticeKind.Other, envelope, writer);
    }

    /// <summary>
    /// The stream begins. An argument asked for twice is acknowledged twice and goes on as it was (okx.md 3).
    /// </summary>
    void Begin(OkxStream stream, IEventWriter writer)
    {
        if (stream.Slot is null)
            streams.SlotOf(stream, writer);
        else if (stream.IsLeft)
            stream.Slot = writer.Open(stream.Key, StreamTags.Empty);
        else
            return;
        (stream.IsLeft, stream.AwaitsFirst) = (false, true);
    }

    void WriteAcknowledgement(NoticeKind kind, in OkxEnvelope envelope, IEventWriter writer)
    {
        var stream = streams.Find(envelope.Arg);
        if (stream is not null)
        {
            if (kind == NoticeKind.Subscribed)
                Begin(stream, writer);
            else
                stream.IsLeft = true;
        }

        writer.Notice(new ServerNotice(kind)
        {
            Stream = stream?.Slot,
            StreamKey = stream?.Key,
            RequestId = RequestIdOf(envelope),
            Text = stream is null ? Encoding.UTF8.GetString(envelope.Arg) : "",
        });
    }

    static void WriteText(NoticeKind kind, in OkxEnvelope envelope, IEventWriter writer) =>
        writer.Notice(new ServerNotice(kind)
        {
            Code = CodeOf(envelope),
            Text = JsonText.Decode(envelope.Message.IsEmpty ? envelope.Event : envelope.Message),
            RequestId = RequestIdOf(envelope),
        });

    static string? RequestIdOf(in OkxEnvelope envelope) => envelope.Id.IsEmpty ? null : JsonText.Decode(envelope.Id);

    static long CodeOf(in OkxEnvelope envelope) =>
        long.TryParse(envelope.Code, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0;
}
