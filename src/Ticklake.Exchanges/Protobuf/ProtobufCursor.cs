using System.Runtime.CompilerServices;
using Ticklake.Core.Numbers;

namespace Ticklake.Exchanges.Protobuf;

/// <summary>
/// Walks one protobuf message once, for decoders that know what they expect: a tag, then its value. It follows
/// protobuf.dev, "Encoding" (read 2026-11-20); allocates nothing, never throws and never reads past the end. After a "no"
/// the position is undefined: the frame is malformed.
/// </summary>
ref struct ProtobufCursor(ReadOnlySpan<byte> message)
{
    /// <summary>No message nests groups at all; a bound, because a hostile one may hold nothing else.</summary>
    const int MaxDepth = 64;

    const int LongestVarint = 10;

    readonly ReadOnlySpan<byte> _message = message;
    int _at;

    public readonly bool AtEnd => _at == _message.Length;

    /// <summary>Takes the next field's tag; compare it with <see cref="ProtobufTag"/>'s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakeTag(out uint tag)
    {
        var at = _at;
        if ((uint)at < (uint)_message.Length && _message[at] is >= 8 and < 0x80)
        {
            tag = _message[at];
            _at = at + 1;
            return true;
        }

        return TakeLongTag(out tag);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakeVarint(out ulong value)
    {
        var at = _at;
        if ((uint)at < (uint)_message.Length && _message[at] < 0x80)
        {
            value = _message[at];
            _at = at + 1;
            return true;
        }

        return TakeLongVarint(out value);
    }

    /// <summary>Takes an <c>int64</c> that counts milliseconds, as microseconds; 0 stays 0.</summary>
    public bool TakeMilliseconds(out long microseconds) => TakeScaled(1000, out microseconds);

    /// <summary>Takes an <c>int64</c> that counts seconds, as microseconds.</summary>
    public bool TakeSeconds(out long microseconds) => TakeScaled(1_000_000, out microseconds);

    /// <summary>Takes a string, bytes or a message: its length, then so many bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakeBytes(out ReadOnlySpan<byte> value)
    {
        if (!TakeVarint(out var length) || length > (ulong)(_message.Length - _at))
        {
            value = default;
            return false;
        }

        value = _message.Slice(_at, (int)length);
        _at += (int)length;
        return true;
    }

    /// <summary>Takes a string that is one decimal number and nothing else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakeDecimal(out ExactDecimal value)
    {
        var start = _at + 1;
        if (!TakeBytes(out var text))
        {
            value = default;
            return false;
        }

        // Read on from the number to the end of the message: sixteen bytes at once are faster than the few of the number. If
        // what follows looks like more digits, or the length took more than a byte, the text alone decides.
        return (ExactDecimal.TryParsePrefix(_message[start..], out value, out var consumed) && consumed == text.Length
                && start + consumed == _at)
            || ExactDecimal.TryParse(text, out value);
    }

    /// <summary>As <see cref="TakeDecimal"/>; an empty string is <see cref="ExactDecimal.None"/>.</summary>
    public bool TakeOptionalDecimal(out ExactDecimal value)
    {
        if (_at >= _message.Length || _message[_at] != 0)
            return TakeDecimal(out value);
        _at++;
        value = ExactDecimal.None;
        return true;
    }

    /// <summary>Takes a string of digits that is a number of at most 63 bits.</summary>
    public bool TakeDigits(out long value)
    {
        // Every number of so many digits fits.
        const int SafeDigits = 18;
        value = 0;
        if (!TakeBytes(out var text) || text.Length is 0 or > SafeDigits)
            return false;
        foreach (var digit in text)
        {
            if ((uint)(digit - '0') > 9)
                return false;
            value = (value * 10) + (digit - '0');
        }

        return true;
    }

    /// <summary>Takes the value of a field that is of no interest, by its wire type.</summary>
    public bool Skip(uint tag) => Skip(tag, MaxDepth);

    bool Skip(uint tag, int depth) => (WireType)(tag & 7) switch
    {
        WireType.Varint => TakeVarint(out _),
        WireType.Fixed64 => Advance(8),
        WireType.Bytes => TakeBytes(out _),
        WireType.GroupStart => depth > 0 && SkipGroup(tag + 1, depth - 1),
        WireType.Fixed32 => Advance(4),
        _ => false,
    };

    /// <summary>To the end of the group, which must be the one that was begun.</summary>
    bool SkipGroup(uint end, int depth)
    {
        while (TakeTag(out var tag))
        {
            if (tag == end)
                return true;
            if (!Skip(tag, depth))
                return false;
        }

        return false;
    }

    bool Advance(int count)
    {
        if (_message.Length - _at < count)
            return false;
        _at += count;
        return true;
    }

    bool TakeScaled(int microseconds, out long value)
    {
        value = 0;
        if (!TakeVarint(out var count) || count > (ulong)(long.MaxValue / microseconds))
            return false;
        value = (long)count * microseconds;
        return true;
    }

    /// <summary>Field numbers begin at 1 and have 29 bits.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    bool TakeLongTag(out uint tag)
    {
        tag = 0;
        if (!TakeLongVarint(out var value) || value is < 8 or > uint.MaxValue)
            return false;
        tag = (uint)value;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    bool TakeLongVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < LongestVarint && _at < _message.Length; i++)
        {
            var b = _message[_at++];
            value |= (ulong)(b & 0x7F) << (7 * i);
            if (b < 0x80)
                return true;
        }

        return false;
    }
}
