using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Ticklake.Core.Time;
using Ticklake.Runtime.Journal;

namespace Ticklake.Runtime.Import;

/// <summary>What a line of a cryptofeed recording is.</summary>
enum CryptofeedKind : byte
{
    Unknown,
    Header,
    Http,
    Connect,
    Send,
    Recv,
}

/// <summary>One line of a cryptofeed recording, JSON (version 2) or text (older).</summary>
ref struct CryptofeedLine
{
    public CryptofeedKind Kind { get; private set; }

    /// <summary>Names the connection in the recording; empty in text logs, which have one at a time.</summary>
    public string Conn { get; private set; }

    public TimestampNs Time { get; private set; }

    /// <summary>Address of the connection, or of the REST request.</summary>
    public string Url { get; private set; }

    public int Status { get; private set; }

    public bool IsBinary { get; private set; }

    public ReadOnlySpan<byte> Message { get; private set; }

    public static CryptofeedLine Parse(ReadOnlySpan<byte> text)
    {
        var line = new CryptofeedLine { Conn = "", Url = "", Status = 200 };
        var isWhole = text[0] == '{' ? line.TryParseJson(text) : line.TryParseText(text);
        if (!isWhole)
            line.Kind = CryptofeedKind.Unknown;
        return line;
    }

    bool TryParseJson(ReadOnlySpan<byte> text)
    {
        var hasTime = false;
        var hasMessage = false;
        try
        {
            var reader = new Utf8JsonReader(text);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.ValueSpan;
                reader.Read();
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    reader.Skip();
                else if (name.SequenceEqual("t"u8))
                    Kind = KindOf(reader.ValueSpan);
                else if (name.SequenceEqual("conn"u8))
                    Conn = reader.GetString() ?? "";
                else if (name.SequenceEqual("addr"u8) || name.SequenceEqual("url"u8))
                    Url = reader.GetString() ?? "";
                else if (name.SequenceEqual("status"u8) && reader.TryGetInt32(out var status))
                    Status = status;
                else if (name.SequenceEqual("ts"u8))
                    hasTime = TryTime(reader.ValueSpan);
                else if (name.SequenceEqual("data"u8))
                    hasMessage = TryMessage(reader.ValueSpan, reader.ValueIsEscaped);
                else if (name.SequenceEqual("b64"u8))
                    hasMessage = TryBinary(reader.ValueSpan);
            }

            return reader.TokenType == JsonTokenType.EndObject && (Kind == CryptofeedKind.Header
                || (hasTime && (hasMessage || Kind == CryptofeedKind.Connect)));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    static CryptofeedKind KindOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("recv"u8) ? CryptofeedKind.Recv
        : name.SequenceEqual("send"u8) ? CryptofeedKind.Send
        : name.SequenceEqual("http"u8) ? CryptofeedKind.Http
        : name.SequenceEqual("connect"u8) ? CryptofeedKind.Connect
        : name.SequenceEqual("header"u8) ? CryptofeedKind.Header : CryptofeedKind.Unknown;

    bool TryTime(ReadOnlySpan<byte> text)
    {
        var isTime = ReceiveTime.TryParseSeconds(text, out var t);
        Time = t;
        return isTime;
    }

    bool TryMessage(ReadOnlySpan<byte> value, bool isEscaped)
    {
        Message = value;
        if (!isEscaped)
            return true;
        var message = new byte[value.Length];
        var length = JsonText.Unescape(value, message);
        Message = message.AsSpan(0, Math.Max(length, 0));
        return length >= 0;
    }

    bool TryBinary(ReadOnlySpan<byte> value)
    {
        var message = new byte[Base64.GetMaxDecodedFromUtf8Length(value.Length)];
        IsBinary = Base64.DecodeFromUtf8(value, message, out _, out var written) == System.Buffers.OperationStatus.Done;
        Message = message.AsSpan(0, written);
        return IsBinary;
    }

    /// <summary>
    /// <c>ts: message</c> received, <c>url &lt;- ts: message</c> sent, <c>url -> ts: body</c> REST,
    /// <c>url &lt;-> ts</c> connected.
    /// </summary>
    bool TryParseText(ReadOnlySpan<byte> text)
    {
        Kind = CryptofeedKind.Recv;
        if (text.StartsWith("ws"u8) || text.StartsWith("http"u8))
        {
            var space = text.IndexOf((byte)' ');
            if (space < 0)
                return false;
            Url = Encoding.UTF8.GetString(text[..space]);
            text = text[(space + 1)..];
            space = text.IndexOf((byte)' ');
            if (space < 0)
                return false;
            Kind = text[..space].SequenceEqual("<-"u8) ? CryptofeedKind.Send
                : text[..space].SequenceEqual("->"u8) ? CryptofeedKind.Http
                : text[..space].SequenceEqual("<->"u8) ? CryptofeedKind.Connect : CryptofeedKind.Unknown;
            text = text[(space + 1)..];
            if (Kind == CryptofeedKind.Connect)
                return TryTime(text);
        }

        var colon = text.IndexOf(": "u8);
        if (colon < 0 || Kind == CryptofeedKind.Unknown)
            return false;
        Message = text[(colon + 2)..];
        return TryTime(text[..colon]);
    }
}
