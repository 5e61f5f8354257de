using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>
/// <c>{"type":"error","message":…,"reason":…}</c> of either API: no code, no number, and nothing that names the
/// request.
/// </summary>
static class CoinbaseErrors
{
    /// <summary>
    /// Announce that the server closes: the client reads too slowly, or sends too much (coinbase.md 2.1).
    /// </summary>
    const string ClosingPrefix = "ErrSlow";

    public static FrameVerdict Decode(ref JsonCursor cursor, IEventWriter writer)
    {
        ReadOnlySpan<byte> message = default, reason = default;
        do
        {
            if (!cursor.TakeKey(out var key))
                return FrameVerdict.Malformed;
            var isText = cursor.Next() == '"';
            var isTaken = isText && key.SequenceEqual("message"u8) ? cursor.TakeString(out message)
                : isText && key.SequenceEqual("reason"u8) ? cursor.TakeString(out reason)
                : cursor.Skip();
            if (!isTaken)
                return FrameVerdict.Malformed;
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || !cursor.AtEnd())
            return FrameVerdict.Malformed;
        var text = JsonText.Decode(message);
        var isClosing = text.StartsWith(ClosingPrefix, StringComparison.Ordinal);
        writer.Notice(new ServerNotice(isClosing ? NoticeKind.ServerRestarting : NoticeKind.Refused)
        {
            Text = reason.IsEmpty ? text : $"{text}: {JsonText.Decode(reason)}",
        });
        return FrameVerdict.Decoded;
    }
}
