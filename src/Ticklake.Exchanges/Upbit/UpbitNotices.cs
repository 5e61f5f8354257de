using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Upbit;

/// <summary>Frames without market data: errors, the answer to a ping, lists of subscriptions.</summary>
static class UpbitNotices
{
    /// <summary>Writes the notice that a whole JSON object is, if it is one.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> notice, IEventWriter writer)
    {
        var members = new JsonMembers(notice);
        while (members.TryTake(out var key, out var value))
        {
            if (key.SequenceEqual("error"u8))
                return TryWriteError(value, writer);
            if (key.SequenceEqual("status"u8))
            {
                writer.Heartbeat(null);
                writer.Notice(new ServerNotice(NoticeKind.Pong));
                return true;
            }

            if (UpbitValues.Is(key, "method"u8, "mthd"u8))
            {
                writer.Notice(new ServerNotice(NoticeKind.Other) { Text = JsonText.Decode(JsonText.Inside(value)) });
                return true;
            }
        }

        return false;
    }

    /// <summary>The name is a word on the socket and a number on REST.</summary>
    static bool TryWriteError(ReadOnlySpan<byte> error, IEventWriter writer)
    {
        var (name, message) = ("", "");
        if (error[0] != '{')
            return false;
        var members = new JsonMembers(error);
        while (members.TryTake(out var key, out var value))
        {
            if (key.SequenceEqual("name"u8))
                name = JsonText.Decode(value[0] == '"' ? JsonText.Inside(value) : value);
            else if (key.SequenceEqual("message"u8))
                message = JsonText.Decode(JsonText.Inside(value));
        }

        writer.Notice(new ServerNotice(NoticeKind.Refused) { Text = $"{name} {message}".Trim() });
        return true;
    }
}
