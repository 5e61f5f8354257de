namespace Ticklake.Core.Numbers;

/// <summary>
/// Reads the numbers that are not everyday ones: exponents, more than fifteen digits, malformed texts. Digits beyond
/// the eighteenth are dropped where they are zeros and rounded half to even, marked, where they are not.
/// </summary>
static class WideReader
{
    // Bounds the work and the length of what has to be written again.
    const int MaxLength = 1000;

    internal static bool TryReadPrefix(ReadOnlySpan<byte> utf8, out ExactDecimal value, out int consumed)
    {
        consumed = 0;
        value = default;
        var start = utf8.Length > 0 && utf8[0] == '-' ? 1 : 0;
        var pointAt = SkipDigits(utf8, start);
        var integer = utf8[start..pointAt];
        if (integer.Length == 0 || (integer.Length > 1 && integer[0] == '0'))
            return false;
        var end = pointAt;
        ReadOnlySpan<byte> fraction = [];
        if (end < utf8.Length && utf8[end] == '.')
        {
            end = SkipDigits(utf8, pointAt + 1);
            fraction = utf8[(pointAt + 1)..end];
            if (fraction.Length == 0)
                return false;
        }

        var digits = new SignificantDigits(integer, fraction);
        var form = DecimalForm.Plain(0, 0);
        var exponent = 0;
        if (end < utf8.Length && (utf8[end] | 0x20) == 'e' && !TryReadExponent(utf8, ref end, out exponent, out form))
            return false;
        if (end > MaxLength || !TryBuild(start == 1, digits, exponent, form, out value))
            return false;
        consumed = end;
        return true;
    }

    static int SkipDigits(ReadOnlySpan<byte> utf8, int index)
    {
        while (index < utf8.Length && char.IsAsciiDigit((char)utf8[index]))
            index++;
        return index;
    }

    static bool TryReadExponent(ReadOnlySpan<byte> utf8, ref int index, out int exponent, out DecimalForm form)
    {
        exponent = 0;
        form = default;
        var marks = DecimalMark.Exponent | (utf8[index++] == 'E' ? DecimalMark.UpperCaseE : 0);
        if (index < utf8.Length && utf8[index] is (byte)'+' or (byte)'-')
            marks |= utf8[index++] == '+' ? DecimalMark.PlusSign : DecimalMark.MinusSign;
        var end = SkipDigits(utf8, index);
        var digits = utf8[index..end];
        if (digits.Length is 0 or > byte.MaxValue)
            return false;
        foreach (var digit in digits)
        {
            exponent = exponent * 10 + (digit - '0');
            if (exponent > ExactDecimal.MaxScale)
                return false;
        }

        exponent = (marks & DecimalMark.MinusSign) != 0 ? -exponent : exponent;
        form = form.WithExponent(exponent, marks, digits.Length);
        index = end;
        return true;
    }

    static bool TryBuild(
        bool isNegative, SignificantDigits digits, int exponent, DecimalForm form, out ExactDecimal value)
    {
        value = default;
        var scale = digits.FractionDigits - exponent - digits.Dropped;
        if (Math.Abs(scale) > ExactDecimal.MaxScale)
            return false;
        // A rounded text is written again with the digits that are left; dropped zeros are written again as they were.
        var fractionDigits = digits.IsRounded
            ? Math.Max(digits.FractionDigits - digits.Dropped, 0)
            : digits.FractionDigits;
        var written = DecimalForm.Plain(scale, fractionDigits)
            .WithExponent(form.Exponent, form.Marks, form.ExponentDigits);
        if (digits.IsRounded)
            written = written.With(DecimalMark.Rounded);
        if (isNegative && digits.Mantissa == 0)
            written = written.With(DecimalMark.NegativeZero);
        value = new(isNegative ? -digits.Mantissa : digits.Mantissa, written);
        return true;
    }
}
