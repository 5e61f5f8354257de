using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ticklake.Core.Numbers;

/// <summary>
/// Reads JSON numbers from UTF-8. Up to 15 digits without exponent take a path without data-dependent branches, because
/// lengths, signs and points of prices and amounts are as good as random; everything else is left to
/// <see cref="WideReader"/>.
/// </summary>
static class DecimalReader
{
    const ulong NegativeZeroBits = (ulong)DecimalMark.NegativeZero << 48;

    static Vector128<sbyte> Iota => Vector128.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, (sbyte)15);

    internal static bool TryReadPrefix(ReadOnlySpan<byte> utf8, out ExactDecimal value, out int consumed)
    {
        if (utf8.Length < Vector128<byte>.Count || !Vector128.IsHardwareAccelerated)
            return TryReadShort(utf8, out value, out consumed);
        ref var start = ref MemoryMarshal.GetReference(utf8);
        var text = Vector128.LoadUnsafe(ref start);
        var first = start == '-' ? 1 : 0;
        var digits = text - Vector128.Create((byte)'0');
        // One bit a byte. The sign is taken for a digit (bit 0), and a byte that is none follows the last (bit 16).
        var others = Vector128.GreaterThan(digits, Vector128.Create((byte)9)).ExtractMostSignificantBits();
        others = (others & ~(uint)first) | 1u << Vector128<byte>.Count;
        var points = Vector128.Equals(text, Vector128.Create((byte)'.')).ExtractMostSignificantBits();
        var point = others & (0 - others) & points;
        var pointAt = BitOperations.TrailingZeroCount(others);
        var end = BitOperations.TrailingZeroCount(others ^ point);
        var hasPoint = point != 0 ? 1 : 0;
        var fractionDigits = end - pointAt - hasPoint;
        if (end >= Vector128<byte>.Count
            || pointAt == first
            || fractionDigits < hasPoint
            || (Unsafe.Add(ref start, end) | 0x20) == 'e'
            || (Unsafe.Add(ref start, first) == '0' && pointAt - first > 1))
            return WideReader.TryReadPrefix(utf8, out value, out consumed);
        var magnitude = Join(digits, pointAt, end - hasPoint, first);
        var sign = -(long)first;
        var bits = (ulong)(uint)fractionDigits * 0x10001;
        bits |= (magnitude == 0 ? NegativeZeroBits : 0) & (ulong)sign;
        value = new((magnitude ^ sign) - sign, new DecimalForm(bits));
        consumed = end;
        return true;
    }

    /// <summary>
    /// Moves the digits to the right end, without sign and point, and reads them as two halves of eight.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static long Join(Vector128<byte> digits, int pointAt, int endWithoutPoint, int first)
    {
        var source = Iota + Vector128.Create((sbyte)(endWithoutPoint - Vector128<byte>.Count));
        // A negative index has its top bit set, for which a native shuffle gives zero; so has what precedes the digits.
        source |= Vector128.LessThan(source, Vector128.Create((sbyte)first));
        source -= Vector128.GreaterThan(source, Vector128.Create((sbyte)(pointAt - 1)));
        var aligned = Vector128.ShuffleNative(digits, source.AsByte());
        if (Ssse3.IsSupported)
            return JoinPairs(aligned);
        var halves = aligned.AsUInt64();
        return (long)(EightDigits(halves[0]) * 100_000_000 + EightDigits(halves[1]));
    }

    /// <summary>Pairs, fours and eights of digits by multiply-and-add of neighbours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static long JoinPairs(Vector128<byte> digits)
    {
        var pairs = Ssse3.MultiplyAddAdjacent(digits, Vector128.Create((short)0x010A).AsSByte());
        var fours = Sse2.MultiplyAddAdjacent(pairs, Vector128.Create(0x0001_0064).AsInt16());
        var packed = Sse2.PackSignedSaturate(fours, fours);
        var eights = Sse2.MultiplyAddAdjacent(packed, Vector128.Create(0x0001_2710).AsInt16()).AsUInt64()[0];
        return (long)((eights & uint.MaxValue) * 100_000_000 + (eights >> 32));
    }

    /// <summary>
    /// Eight digit values, the most significant in the lowest byte, as one number: pairs, fours, eight.
    /// </summary>
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
