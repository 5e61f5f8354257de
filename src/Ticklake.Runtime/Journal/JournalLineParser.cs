using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Ticklake.Core.Time;

namespace Ticklake.Runtime.Journal;

/// <summary>
/// Decodes journal lines. A line as <see cref="JournalWriter"/> writes it is recognised by its bytes; any other JSON
/// object of the same meaning is read by <see cref="Utf8JsonReader"/>. Holds a buffer for what has to be unescaped; one
/// thread.
/// </summary>
sealed class JournalLineParser
{
    byte[] _scratch = new byte[4096];

    /// <param name="text">The line without its line break.</param>
    /// <param name="number">Its number.</param>
    /// <param name="isOwn">It stands in a block that our writer made: the message is the last member.</param>
    /// <param name="line">Valid until the next call, and as long as the text.</param>
    public bool TryParse(ReadOnlySpan<byte> text, long number, bool isOwn, out JournalLine line)
    {
        if (isOwn && TryParseOwn(text, number, out line))
            return true;
        return TryParseAny(text, number, out line);
    }

    bool TryParseOwn(ReadOnlySpan<byte> text, long number, out JournalLine line)
    {
        line = default;
        if (!text.StartsWith("{\"t\":"u8) || text[^1] != '}')
            return false;
        var at = 5;
        var isNegative = text[at] == '-';
        if (isNegative)
            at++;
        var time = Digits(text, ref at);
        var rest = text[at..];
        if (rest.Length < 12 || !rest.StartsWith(",\"k\":\""u8) || rest[7] != '"')
            return false;
        var t = new TimestampNs(isNegative ? -time : time);
        var kind = rest[6];
        rest = rest[8..];
        if (kind == '!')
            return TryOccurrence(text, rest, t, number, out line);
        var imported = 0L;
        if (rest[2] == 'n')
        {
            at = 5;
            imported = Digits(rest, ref at);
            rest = rest[at..];
        }

        if (kind == 'r')
            return TryAnswer(rest, t, number, imported, out line);
        if (!TryMessage(rest, out var payload, out var isBinary) || kind is not ((byte)'<' or (byte)'>'))
            return false;
        line = new JournalLine
        {
            Kind = kind == '<' ? JournalLineKind.Received : JournalLineKind.Sent,
            Time = t,
            LineNumber = number,
            ImportedLine = imported,
            Payload = payload,
            IsBinary = isBinary,
        };
        return true;
    }

    static bool TryOccurrence(
        ReadOnlySpan<byte> text, ReadOnlySpan<byte> rest, TimestampNs t, long number, out JournalLine line)
    {
        line = default;
        if (!rest.StartsWith(",\"e\":\""u8))
            return false;
        var end = rest[6..].IndexOfAny((byte)'"', (byte)'\\');
        if (end < 0 || rest[6 + end] == '\\')
            return false;
        line = new JournalLine
        {
            Kind = JournalLineKind.Occurrence,
            Time = t,
            LineNumber = number,
            Payload = text,
            Occurrence = rest.Slice(6, end),
        };
        return true;
    }

    bool TryAnswer(ReadOnlySpan<byte> rest, TimestampNs t, long number, long imported, out JournalLine line)
    {
        line = default;
        if (!rest.StartsWith(",\"u\":\""u8))
            return false;
        var end = rest[6..].IndexOfAny((byte)'"', (byte)'\\');
        if (end < 0 || !rest[(6 + end)..].StartsWith("\",\"c\":"u8))
            return false;
        var path = rest.Slice(6, end);
        var at = 6 + end + 6;
        var status = Digits(rest, ref at);
        if (!TryMessage(rest[at..], out var payload, out _))
            return false;
        line = new JournalLine
        {
            Kind = JournalLineKind.Answer,
            Time = t,
            LineNumber = number,
            ImportedLine = imported,
            Payload = payload,
            Path = path,
            Status = (int)status,
        };
        return true;
    }

    /// <summary>From the comma before the message's name to the closing brace.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    bool TryMessage(ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> payload, out bool isBinary)
    {
        isBinary = false;
        if (rest.StartsWith(",\"m\":"u8))
        {
            payload = rest[5..^1];
            return true;
        }

        return TryTextOrBinary(rest, out payload, out isBinary);
    }

    bool TryTextOrBinary(ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> payload, out bool isBinary)
    {
        payload = default;
        isBinary = false;
        if (!rest.EndsWith("\"}"u8))
            return false;
        if (rest.StartsWith(",\"s\":\""u8))
            return TryUnescape(rest[6..^2], out payload);
        isBinary = rest.StartsWith(",\"b\":\""u8);
        if (!isBinary && !rest.StartsWith(",\"text\":true,\"b\":\""u8))
            return false;
        return TryDecode(rest[(isBinary ? 6 : 18)..^2], out payload);
    }

    bool TryUnescape(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> payload)
    {
        payload = text;
        if (!text.Contains((byte)'\\'))
            return true;
        var length = JsonText.Unescape(text, Scratch(text.Length));
        payload = length < 0 ? default : _scratch.AsSpan(0, length);
        return length >= 0;
    }

    bool TryDecode(ReadOnlySpan<byte> base64, out ReadOnlySpan<byte> payload)
    {
        var status = Base64.DecodeFromUtf8(
            base64, Scratch(Base64.GetMaxDecodedFromUtf8Length(base64.Length)), out var used, out var written);
        payload = _scratch.AsSpan(0, written);
        return status == OperationStatus.Done && used == base64.Length;
    }

    Span<byte> Scratch(int length)
    {
        if (_scratch.Length < length)
            _scratch = GC.AllocateUninitializedArray<byte>(Math.Max(length, _scratch.Length * 2));
        return _scratch;
    }

    /// <summary>A run of digits, eight at a time as far as they go.</summary>
    static long Digits(ReadOnlySpan<byte> text, ref int at)
    {
        var value = 0L;
        while (text.Length - at >= 8)
        {
            var chunk = BinaryPrimitives.ReadUInt64LittleEndian(text[at..]);
            var digits = chunk - 0x3030303030303030;
            if (((digits | (chunk + 0x4646464646464646)) & 0x8080808080808080) != 0)
                break;
            // Pairs, then fours, then eight: each step multiplies the more significant half and adds the other.
            digits = (digits * 10) + (digits >> 8);
            digits = (((digits & 0x000000FF000000FF) * 0x000F424000000064)
                + (((digits >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32;
            value = (value * 100_000_000) + (long)digits;
            at += 8;
        }

        for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++)
            value = (value * 10) + (text[at] - '0');
        return value;
    }

    bool TryParseAny(ReadOnlySpan<byte> text, long number, out JournalLine line)
    {
        line = default;
        try
        {
            var members = new JournalLineMembers(text);
            if (!members.IsWhole)
                return false;
            var payload = text;
            if (members.Kind == JournalLineKind.Occurrence
                ? members.Name.IsEmpty : !TryPayload(members.Form, members.Message, out payload))
                return false;
            line = new JournalLine
            {
                Kind = members.Kind,
                Time = new TimestampNs(members.Time),
                LineNumber = number,
                ImportedLine = members.Imported,
                Payload = payload,
                IsBinary = members.Form == FrameForm.Binary && !members.IsText,
                Path = members.Path,
                Status = members.Status,
                Occurrence = members.Name,
            };
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    /// <summary>The message of a line that was taken apart by <see cref="JournalLineMembers"/>.</summary>
    public bool TryPayload(FrameForm form, ReadOnlySpan<byte> message, out ReadOnlySpan<byte> payload)
    {
        payload = message;
        return form switch
        {
            FrameForm.Json => !message.IsEmpty,
            FrameForm.Text => TryUnescape(message, out payload),
            _ => TryDecode(message, out payload),
        };
    }
}
