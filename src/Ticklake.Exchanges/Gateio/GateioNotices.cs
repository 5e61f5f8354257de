using System.Globalization;
using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Gateio;

/// <summary>Frames without market data: answers to requests, pongs, the announcement of an upgrade.</summary>
static class GateioNotices
{
    /// <summary>Writes the notice that the frame is, if it is one.</summary>
    public static bool TryWrite(in GateioEnvelope envelope, IEventWriter writer)
    {
        if (envelope.IsError)
            WriteRefusal(envelope, writer);
        else if (envelope.Channel.SequenceEqual("spot.pong"u8))
        {
            writer.Heartbeat(null);
            writer.Notice(new ServerNotice(NoticeKind.Pong));
        }
        else if (envelope.Event.SequenceEqual("subscribe"u8))
            writer.Notice(new ServerNotice(NoticeKind.Subscribed) { RequestId = RequestIdOf(envelope) });
        else if (envelope.Event.SequenceEqual("unsubscribe"u8))
            writer.Notice(new ServerNotice(NoticeKind.Unsubscribed) { RequestId = RequestIdOf(envelope) });
        else if (envelope.Type.SequenceEqual("upgrade"u8))
            writer.Notice(new ServerNotice(NoticeKind.ServerRestarting) { Text = JsonText.Decode(envelope.Text) });
        else
            return false;
        return true;
    }

    static void WriteRefusal(in GateioEnvelope envelope, IEventWriter writer)
    {
        var (code, text) = GateioEnvelope.ReadError(envelope.Error);
        writer.Notice(new ServerNotice(NoticeKind.Refused)
        {
            Code = code,
            Text = text,
            RequestId = RequestIdOf(envelope),
        });
    }

    static string? RequestIdOf(in GateioEnvelope envelope) =>
        GateioValues.TryParse(envelope.Id, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null;
}
