using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ticklake.Core.Numbers;

/// <summary>Exact decimals to binary floating point, always correctly rounded.</summary>
static class DoubleConversion
{
    /// <summary>The longest shortest round-trip text of a double.</summary>
    internal const int MaxTextLength = 32;

    // Integers up to 2^53 and powers of ten up to 10^22 are doubles, so one operation on two of them rounds once.
    const ulong MaxExactInteger = 1UL << 53;

    // Fifteen digits always survive decimal -> double -> shortest decimal.
    const ulong MaxSurvivingMagnitude = 1_000_000_000_000_000;
    const long LargestSurviving = (long)MaxSurvivingMagnitude - 1;
    const int SafeScale = 280;

    static readonly double[] ExactPowers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ];

    /// <summary>Mantissa × 10^-scale where one division gives it and no digit is lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryDivide(long mantissa, uint scale, out double value)
    {
        var powers = ExactPowers;
        if ((ulong)(mantissa + LargestSurviving) > 2 * LargestSurviving || scale >= (uint)powers.Length)
        {
            value = 0;
            return false;
        }

        value = mantissa / powers[scale];
        return true;
    }

    internal static double ToDouble(ExactDecimal value)
    {
        var magnitude = value.Magnitude;
        var scale = value.Scale;
        double result;
        if (magnitude <= MaxExactInteger && Math.Abs(scale) < ExactPowers.Length)
            result = scale >= 0 ? magnitude / ExactPowers[scale] : magnitude * ExactPowers[-scale];
        else if (scale is >= 0 and <= PowersOfTen.MaxExponent)
            result = Divide(magnitude, (ulong)PowersOfTen.Get(scale));
        else
            result = Parse(magnitude, scale);
        return value.IsNegative || value.Form.Has(DecimalMark.NegativeZero) ? -result : result;
    }

    /// <summary>
    /// The quotient of two 64-bit integers, rounded once: 55 or more bits of it, the rest folded into the last.
    /// </summary>
    static double Divide(ulong magnitude, ulong divisor)
    {
        // The quotient of a numerator of 120 bits and a divisor of at most 60 has at least 60 bits and at most 120.
        var shift = BitOperations.LeadingZeroCount(magnitude) + 56;
        var (quotient, rest) = UInt128.DivRem((UInt128)magnitude << shift, divisor);
        var excess = Math.Max(65 - (int)UInt128.LeadingZeroCount(quotient), 0);
        var kept = (ulong)(quotient >> excess);
        if (rest != 0 || (UInt128)kept << excess != quotient)
            kept |= 1;
        // Half to even needs 53 bits, one more and whether anything follows: the sticky last bit of 60 to 63.
        return Math.ScaleB((double)(long)kept, excess - shift);
    }

    /// <summary>Scales that no price has: the runtime's parser, which is correctly rounded, does it.</summary>
    static double Parse(ulong magnitude, int scale)
    {
        Span<byte> text = stackalloc byte[MaxTextLength];
        magnitude.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        text[length++] = (byte)'e';
        (-scale).TryFormat(text[length..], out var written, default, CultureInfo.InvariantCulture);
        return double.Parse(text[..(length + written)], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    internal static bool IsExact(ExactDecimal value)
    {
        if (value.IsRounded)
            return false;
        if (value.Magnitude < MaxSurvivingMagnitude && Math.Abs(value.Scale) <= SafeScale)
            return true;
        var (magnitude, scale) = PowersOfTen.StripZeros(value.Magnitude, value.Scale);
        if (magnitude < MaxSurvivingMagnitude && Math.Abs(scale) <= SafeScale)
            return true;
        Span<byte> text = stackalloc byte[MaxTextLength];
        return TryReadShortest(value.ToDouble(), text, out var shortest) && shortest == value;
    }

    /// <summary>The decimal that the shortest round-trip text of a double denotes; false for infinity.</summary>
    internal static bool TryReadShortest(double number, Span<byte> text, out ExactDecimal shortest)
    {
        number.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        return ExactDecimal.TryParse(text[..length], out shortest);
    }
}
