using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ticklake.Core.Numbers;

/// <summary>
/// Reads JSON numbers from UTF-8. Up to 15 digits without exponent take a path without data-dependent branches, because
/// lengths, signs and points of prices and amounts are as good as random; everything else is <see cref="WideReader"/>'s.
/// </summary>
static class DecimalReader
{
    const ulong NegativeZeroBits = (ulong)DecimalMark.NegativeZero << 48;

    static readonly Vector128<sbyte> Iota = Vector128.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, (sbyte)15);

    internal static bool TryReadPrefix(ReadOnlySpan<byte> utf8, out ExactDecimal value, out int consumed)
    {
        if (utf8.Length <= Vector128<byte>.Count || !Vector128.IsHardwareAccelerated)
            return TryReadShort(utf8, out value, out consumed);
        ref var start = ref MemoryMarshal.GetReference(utf8);
        var negative = start == '-' ? 1 : 0;
        ref var first = ref Unsafe.Add(ref start, negative);
        var text = Vector128.LoadUnsafe(ref first);
        var digits = text - Vector128.Create((byte)'0');
        var others = ~Vector128.LessThan(digits, Vector128.Create((byte)10)).ExtractMostSignificantBits() | 1u << 16;
        var points = Vector128.Equals(text, Vector128.Create((byte)'.')).ExtractMostSignificantBits();
        var firstOther = others & (0 - others);
        var point = firstOther & points;
        var integerDigits = BitOperations.TrailingZeroCount(others);
        var end = BitOperations.TrailingZeroCount(others ^ point);
        var hasPoint = point != 0 ? 1 : 0;
        var fractionDigits = end - integerDigits - hasPoint;
        if (end >= Vector128<byte>.Count
            || integerDigits == 0
            || fractionDigits < hasPoint
            || (Unsafe.Add(ref first, end) | 0x20) == 'e'
            || (first == '0' && integerDigits > 1))
            return WideReader.TryReadPrefix(utf8, out value, out consumed);
        var magnitude = Join(digits, integerDigits, integerDigits + fractionDigits);
        var sign = -(long)negative;
        var bits = (ulong)(uint)fractionDigits * 0x10001;
        bits |= (magnitude == 0 ? NegativeZeroBits : 0) & (ulong)sign;
        value = new((magnitude ^ sign) - sign, new DecimalForm(bits));
        consumed = end + negative;
        return true;
    }

    /// <summary>Moves the digits to the right end, the point squeezed out, and reads them as two halves of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static long Join(Vector128<byte> digits, int integerDigits, int totalDigits)
    {
        // A negative source index has its top bit set, for which a native shuffle gives zero.
        var source = Iota + Vector128.Create((sbyte)(totalDigits - Vector128<byte>.Count));
        source -= Vector128.GreaterThan(source, Vector128.Create((sbyte)(integerDigits - 1)));
        var aligned = Vector128.ShuffleNative(digits, source.AsByte()).AsUInt64();
        return (long)(EightDigits(aligned[0]) * 100_000_000 + EightDigits(aligned[1]));
    }

    /// <summary>Eight digit values, the most significant in the lowest byte, as one number: pairs, fours, eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong EightDigits(ulong value)
    {
        value = (value * 10 + (value >> 8)) & 0x00FF_00FF_00FF_00FF;
        value = (value * 100 + (value >> 16)) & 0x0000_FFFF_0000_FFFF;
        return (uint)(value * 10_000 + (value >> 32));
    }

    /// <summary>Near the end of a frame, where sixteen bytes cannot be loaded.</summary>
    static bool TryReadShort(ReadOnlySpan<byte> utf8, out ExactDecimal value, out int consumed)
    {
        var start = utf8.Length > 0 && utf8[0] == '-' ? 1 : 0;
        var magnitude = 0L;
        var end = ReadDigits(utf8, start, ref magnitude);
        var integerDigits = end - start;
        var fractionDigits = 0;
        if (end < utf8.Length && utf8[end] == '.')
        {
            var fractionStart = end + 1;
            end = ReadDigits(utf8, fractionStart, ref magnitude);
            fractionDigits = end - fractionStart;
            if (fractionDigits == 0)
                return Refuse(out value, out consumed);
        }

        if (integerDigits + fractionDigits > ExactDecimal.MaxDigits || (end < utf8.Length && (utf8[end] | 0x20) == 'e'))
            return WideReader.TryReadPrefix(utf8, out value, out consumed);
        if (integerDigits == 0 || (integerDigits > 1 && utf8[start] == '0'))
            return Refuse(out value, out consumed);
        var form = DecimalForm.Plain(fractionDigits, fractionDigits);
        if (start == 1 && magnitude == 0)
            form = form.With(DecimalMark.NegativeZero);
        value = new(start == 1 ? -magnitude : magnitude, form);
        consumed = end;
        return true;
    }

    static int ReadDigits(ReadOnlySpan<byte> utf8, int index, ref long magnitude)
    {
        for (; index < utf8.Length; index++)
        {
            var digit = (uint)(utf8[index] - '0');
            if (digit > 9)
                break;
            // Wraps for texts of more than 18 digits, which are read anew by the wide reader.
            magnitude = unchecked(magnitude * 10 + digit);
        }

        return index;
    }

    internal static bool Refuse(out ExactDecimal value, out int consumed)
    {
        value = default;
        consumed = 0;
        return false;
    }
}
