using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Upbit;

/// <summary>Frames without market data: errors, the answer to a ping, lists of subscriptions.</summary>
static class UpbitNotices
{
    /// <summary>Writes the notice that a whole JSON object is, if it is one.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> notice, IEventWriter writer)
    {
        var cursor = new JsonCursor(notice);
        cursor.Take((byte)'{');
        while (cursor.TakeKey(out var key) && cursor.TakeValue(out var value))
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
                writer.Notice(new ServerNotice(NoticeKind.Other) { Text = JsonText.Decode(TextOf(value)) });
                return true;
            }

            if (!cursor.Take((byte)','))
                break;
        }

        return false;
    }

    /// <summary>The name is a word on the socket and a number on REST.</summary>
    static bool TryWriteError(ReadOnlySpan<byte> error, IEventWriter writer)
    {
        var cursor = new JsonCursor(error);
        var (name, message) = ("", "");
        if (!cursor.Take((byte)'{'))
            return false;
        while (cursor.TakeKey(out var key) && cursor.TakeValue(out var value))
        {
            if (key.SequenceEqual("name"u8))
                name = JsonText.Decode(value[0] == '"' ? TextOf(value) : value);
            else if (key.SequenceEqual("message"u8))
                message = JsonText.Decode(TextOf(value));
            if (!cursor.Take((byte)','))
                break;
        }

        writer.Notice(new ServerNotice(NoticeKind.Refused) { Text = $"{name} {message}".Trim() });
        return true;
    }

    static ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> value) =>
        value.Length >= 2 && value[0] == '"' ? value[1..^1] : default;
}
