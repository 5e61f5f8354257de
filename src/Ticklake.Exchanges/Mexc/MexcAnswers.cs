using System.Globalization;
using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Mexc;

/// <summary>
/// The JSON side of a connection: <c>{"id":1,"code":0,"msg":"…"}</c> answers to requests and pings (mexc.md 3). The code is 0
/// for refusals too; the text says what became of each topic.
/// </summary>
sealed class MexcAnswers
{
    public const string NotJson = "no JSON object";

    const string Pong = "PONG";
    const string Refusal = "Not Subscribed";

    // Goodbyes are answered in the same words as requests; more of them are never under way.
    const int MostGoodbyes = 64;

    readonly HashSet<string> _goodbyes = [];

    /// <summary>A request of ours: only it tells what its answer means.</summary>
    public void Sent(ReadOnlySpan<byte> frame)
    {
        if (frame.IndexOf("\"UNSUBSCRIPTION\""u8) < 0 || !TryRead(frame, out var id, out _, out _) || id is null)
            return;
        if (_goodbyes.Count == MostGoodbyes)
            _goodbyes.Clear();
        _goodbyes.Add(id);
    }

    /// <summary>An object that is no answer is ignored: the JSON feed of before August 2025 is not recorded.</summary>
    public FrameVerdict Decode(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        if (!TryRead(frame, out var id, out var code, out var text))
            return FrameVerdict.Malformed;
        if (text is null)
            return FrameVerdict.Ignored;
        if (text == Pong)
            writer.Heartbeat(null);
        writer.Notice(new ServerNotice(KindOf(id, code, text)) { RequestId = id, Code = code, Text = text });
        return FrameVerdict.Decoded;
    }

    NoticeKind KindOf(string? id, long code, string text)
    {
        if (text == Pong)
            return NoticeKind.Pong;
        if (code != 0 || text.Contains(Refusal, StringComparison.Ordinal))
            return NoticeKind.Refused;
        return id is not null && _goodbyes.Remove(id) ? NoticeKind.Unsubscribed : NoticeKind.Subscribed;
    }

    static bool TryRead(ReadOnlySpan<byte> frame, out string? id, out long code, out string? text)
    {
        (id, code, text) = (null, 0, null);
        var members = new JsonMembers(frame);
        while (members.TryTake(out var key, out var value))
        {
            if (key.SequenceEqual("id"u8))
                id = TextOf(value);
            else if (key.SequenceEqual("msg"u8) && value[0] == '"')
                text = TextOf(value);
            else if (key.SequenceEqual("code"u8)
                && !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out code))
                code = -1;
        }

        return members.IsWhole;
    }

    static string TextOf(ReadOnlySpan<byte> value) =>
        JsonText.Decode(value.Length >= 2 && value[0] == '"' ? value[1..^1] : value);
}
