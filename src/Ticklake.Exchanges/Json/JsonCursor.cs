using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Ticklake.Core.Numbers;

namespace Ticklake.Exchanges.Json;

/// <summary>
/// Walks JSON text once, left to right, for decoders that know what they expect: each method takes one thing or says
/// no.
/// It accepts exactly the grammar of RFC 8259, allocates nothing, never throws and never reads past the end. After a
/// "no" the position is undefined: the frame is malformed, or the decoder starts again from a copy.
/// </summary>
ref struct JsonCursor(ReadOnlySpan<byte> text)
{
    /// <summary>
    /// Deeper nesting than any exchange uses; a bound, because a hostile frame may hold nothing but brackets.
    /// </summary>
    const int MaxDepth = 64;

    readonly ReadOnlySpan<byte> _text = text;
    int _at;

    /// <summary>Nothing but white space is left.</summary>
    public bool AtEnd()
    {
        SkipSpace();
        return _at == _text.Length;
    }

    /// <summary>The next byte that is no white space, not taken; 0 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Next()
    {
        var at = _at;
        if ((uint)at < (uint)_text.Length && _text[at] > ' ')
            return _text[at];
        SkipSpace();
        return _at < _text.Length ? _text[_at] : (byte)0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(byte expected)
    {
        var at = _at;
        if ((uint)at >= (uint)_text.Length)
            return false;
        if (_text[at] == expected)
        {
            _at = at + 1;
            return true;
        }

        return _text[at] <= ' ' && TakeAfterSpace(expected);
    }

    /// <summary>
    /// Takes these bytes if they come next exactly so: the fast way through a shape that is usually the same.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakeExactly(ReadOnlySpan<byte> expected)
    {
        if (!_text[_at..].StartsWith(expected))
            return false;
        _at += expected.Length;
        return true;
    }

    /// <summary>Takes an integer without fraction or exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakeInt64(out long value)
    {
        var text = _text;
        var at = _at;
        if ((uint)at < (uint)text.Length && text[at] <= ' ')
        {
            SkipSpace();
            at = _at;
        }

        var isNegative = (uint)at < (uint)text.Length && text[at] == '-';
        if (isNegative)
            at++;
        var start = at;
        value = 0;
        uint digit;
        while ((uint)at < (uint)text.Length && (digit = (uint)(text[at] - '0')) <= 9)
        {
            value = (value * 10) + digit;
            at++;
        }

        _at = at;
        var digits = at - start;
        if (digits is > JsonGrammar.SafeDigits or 0 || (digits > 1 && text[start] == '0'))
            return digits > JsonGrammar.SafeDigits && JsonGrammar.TryReadLong(text[start..at], isNegative, out value);
        if (isNegative)
            value = -value;
        return true;
    }

    /// <summary>Takes a JSON number exactly as written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakeDecimal(out ExactDecimal value)
    {
        if ((uint)_at < (uint)_text.Length && _text[_at] <= ' ')
            SkipSpace();
        return TakeDigits(out value);
    }

    /// <summary>Takes a JSON string that holds a number and nothing else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakeQuotedDecimal(out ExactDecimal value)
    {
        value = default;
        if (!Take((byte)'"') || !TakeDigits(out value) || (uint)_at >= (uint)_text.Length || _text[_at] != '"')
            return false;
        _at++;
        return true;
    }

    public bool TakeNull() => Next() == 'n' && TakeExactly("null"u8);

    public bool TakeBool(out bool value)
    {
        value = Next() == 't';
        return TakeExactly(value ? "true"u8 : "false"u8);
    }

    /// <summary>
    /// Takes a string and gives the bytes between its quotes, escapes left as they are; <see cref="JsonText"/> decodes
    /// them.
    /// </summary>
    public bool TakeString(out ReadOnlySpan<byte> raw)
    {
        raw = default;
        if (!Take((byte)'"'))
            return false;
        var text = _text;
        var start = _at;
        var isAscii = true;
        for (var at = start; (uint)at < (uint)text.Length; at++)
        {
            var b = text[at];
            if (b == '"')
            {
                _at = at + 1;
                raw = text[start..at];
                return isAscii || Utf8.IsValid(raw);
            }

            if (b < ' ')
                return false;
            if (b == '\\')
            {
                var length = JsonGrammar.EscapeLength(text[at..]);
                if (length == 0)
                    return false;
                at += length - 1;
            }

            isAscii &= b < 0x80;
        }

        return false;
    }

    /// <summary>
    /// Takes everything up to the next quote, the quote and a comma: only for text that is then compared with known
    /// text.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakeUntilQuote(out ReadOnlySpan<byte> text)
    {
        var rest = _text[_at..];
        var length = rest.IndexOf((byte)'"');
        if (length < 0 || length + 1 >= rest.Length || rest[length + 1] != ',')
        {
            text = default;
            return false;
        }

        text = rest[..length];
        _at += length + 2;
        return true;
    }

    /// <summary>
    /// Takes a member's name and its colon where the name is one plain character, as in all of Binance's payloads; 0 if
    /// it is longer (nothing taken then).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte TakeShortKey()
    {
        var at = _at;
        if (at + 3 < _text.Length && _text[at] == '"' && _text[at + 2] == '"' && _text[at + 3] == ':'
            && _text[at + 1] is > (byte)' ' and < 0x7F and not (byte)'"' and not (byte)'\\')
        {
            _at = at + 4;
            return _text[at + 1];
        }

        return 0;
    }

    /// <summary>Takes a member's name and its colon.</summary>
    public bool TakeKey(out ReadOnlySpan<byte> raw) => TakeString(out raw) && Take((byte)':');

    /// <summary>Takes whatever value comes next, wholly checked.</summary>
    public bool Skip() => Skip(MaxDepth);

    /// <summary>As <see cref="Skip()"/>, and gives the value's JSON text.</summary>
    public bool TakeValue(out ReadOnlySpan<byte> value)
    {
        Next();
        var start = _at;
        var isTaken = Skip();
        value = _text[start.._at];
        return isTaken;
    }

    /// <summary>Takes the rest of an array, from after one of its elements to its bracket.</summary>
    public bool SkipToArrayEnd()
    {
        while (Take((byte)','))
        {
            if (!Skip())
                return false;
        }

        return Take((byte)']');
    }

    bool Skip(int depth)
    {
        switch (Next())
        {
            case (byte)'"':
                return TakeString(out _);
            case (byte)'[':
                return depth > 0 && SkipArray(depth - 1);
            case (byte)'{':
                return depth > 0 && SkipObject(depth - 1);
            case (byte)'n':
                return TakeExactly("null"u8);
            case (byte)'t':
            case (byte)'f':
                return TakeBool(out _);
            default:
                return SkipNumber();
        }
    }

    bool SkipArray(int depth)
    {
        _at++;
        if (Take((byte)']'))
            return true;
        do
        {
            if (!Skip(depth))
                return false;
        }
        while (Take((byte)','));
        return Take((byte)']');
    }

    bool SkipObject(int depth)
    {
        _at++;
        if (Take((byte)'}'))
            return true;
        do
        {
            if (!TakeKey(out _) || !Skip(depth))
                return false;
        }
        while (Take((byte)','));
        return Take((byte)'}');
    }

    bool SkipNumber()
    {
        var length = JsonGrammar.NumberLength(_text[_at..]);
        _at += length;
        return length > 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    bool TakeDigits(out ExactDecimal value)
    {
        var taken = ExactDecimal.TryParsePrefix(_text[_at..], out value, out var consumed);
        _at += consumed;
        return taken;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    bool TakeAfterSpace(byte expected)
    {
        SkipSpace();
        if (_at >= _text.Length || _text[_at] != expected)
            return false;
        _at++;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            _at++;
    }
}
