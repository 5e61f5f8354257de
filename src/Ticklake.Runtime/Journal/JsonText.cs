using System.Buffers;
using System.Text;

namespace Ticklake.Runtime.Journal;

/// <summary>The content of a JSON string, escaped so that exactly the same bytes come back.</summary>
static class JsonText
{
    static readonly SearchValues<byte> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(x => (byte)x), (byte)'"', (byte)'\\']);

    public static int EscapedLength(ReadOnlySpan<byte> text)
    {
        var length = text.Length;
        while (text.IndexOfAny(Special) is var at and >= 0)
        {
            length += text[at] is (byte)'"' or (byte)'\\' or (byte)'\n' or (byte)'\r' or (byte)'\t' ? 1 : 5;
            text = text[(at + 1)..];
        }

        return length;
    }

    public static int Escape(ReadOnlySpan<byte> text, Span<byte> target)
    {
        var written = 0;
        while (true)
        {
            var at = text.IndexOfAny(Special);
            var plain = at < 0 ? text : text[..at];
            plain.CopyTo(target[written..]);
            written += plain.Length;
            if (at < 0)
                return written;
            written += EscapeOne(text[at], target[written..]);
            text = text[(at + 1)..];
        }
    }

    static int EscapeOne(byte value, Span<byte> target)
    {
        target[0] = (byte)'\\';
        target[1] = value switch
        {
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            < 0x20 => (byte)'u',
            _ => value,
        };
        if (target[1] != 'u')
            return 2;
        target[2] = (byte)'0';
        target[3] = (byte)'0';
        target[4] = (byte)('0' + (value >> 4));
        target[5] = "0123456789abcdef"u8[value & 15];
        return 6;
    }

    /// <summary>
    /// Undoes <see cref="Escape"/> and every other valid JSON escape into <paramref name="target"/> (at least as long);
    /// -1 where an escape is none. Half a surrogate pair becomes U+FFFD.
    /// </summary>
    public static int Unescape(ReadOnlySpan<byte> text, Span<byte> target)
    {
        var written = 0;
        while (true)
        {
            var at = text.IndexOf((byte)'\\');
            var plain = at < 0 ? text : text[..at];
            plain.CopyTo(target[written..]);
            written += plain.Length;
            if (at < 0)
                return written;
            text = text[at..];
            if (text.Length < 2)
                return -1;
            if (text[1] == 'u')
            {
                if (!TryUnescapeUnit(ref text, out var rune))
                    return -1;
                written += rune.EncodeToUtf8(target[written..]);
                continue;
            }

            var index = "\"\\/bfnrt"u8.IndexOf(text[1]);
            if (index < 0)
                return -1;
            target[written++] = "\"\\/\b\f\n\r\t"u8[index];
            text = text[2..];
        }
    }

    static bool TryUnescapeUnit(ref ReadOnlySpan<byte> text, out Rune rune)
    {
        rune = Rune.ReplacementChar;
        if (!TryHex(text, out var unit))
            return false;
        text = text[6..];
        if (Rune.TryCreate(unit, out var single))
            rune = single;
        else if (text.StartsWith("\\u"u8) && TryHex(text, out var low) && Rune.TryCreate(unit, low, out var pair))
        {
            rune = pair;
            text = text[6..];
        }

        return true;
    }

    static bool TryHex(ReadOnlySpan<byte> escape, out char unit)
    {
        unit = default;
        if (escape.Length < 6
            || !System.Buffers.Text.Utf8Parser.TryParse(escape[2..6], out ushort value, out var used, 'x') || used != 4)
            return false;
        unit = (char)value;
        return true;
    }
}
