using System.Globalization;

namespace Ticklake.Core.Numbers;

/// <summary>Writes the text forms of <see cref="ExactDecimal"/>.</summary>
static class DecimalWriter
{
    // ECMA-262, Number::toString: plain digits from 10^-6 up to below 10^21.
    const int JavaScriptMaxIntegerDigits = 21;
    const int JavaScriptMinPointPosition = -5;

    internal static int WriteOriginal(ExactDecimal value, Span<byte> destination)
    {
        var form = value.Form;
        if (value.IsNone)
            return 0;
        var length = 0;
        if (value.IsNegative || form.Has(DecimalMark.NegativeZero))
            destination[length++] = (byte)'-';
        if (form.IsOrdinary)
            return length + WriteCoefficient(value.Magnitude, 0, form.Scale, destination[length..]);
        var zeros = value.IsZero ? 0 : form.DroppedZeros;
        length += WriteCoefficient(value.Magnitude, zeros, form.FractionDigits, destination[length..]);
        return form.Has(DecimalMark.Exponent) ? length + WriteExponent(form, destination[length..]) : length;
    }

    internal static int WritePlain(ExactDecimal value, Span<byte> destination)
    {
        if (value.IsNone)
            return 0;
        var (magnitude, scale) = PowersOfTen.StripZeros(value.Magnitude, value.Scale);
        var length = 0;
        if (value.IsNegative)
            destination[length++] = (byte)'-';
        return length + WriteCoefficient(magnitude, Math.Max(-scale, 0), Math.Max(scale, 0), destination[length..]);
    }

    internal static int WriteJavaScript(ExactDecimal value, Span<byte> destination)
    {
        if (value.IsNone)
            return 0;
        // JavaScript writes the double, which for more than 17 digits is not what was sent.
        if (!DoubleConversion.IsExact(value))
            return WriteDouble(value.ToDouble(), destination);
        return WriteShortest(value, destination);
    }

    static int WriteDouble(double number, Span<byte> destination)
    {
        Span<byte> text = stackalloc byte[DoubleConversion.MaxTextLength];
        return DoubleConversion.TryReadShortest(number, text, out var shortest)
            ? WriteShortest(shortest, destination)
            : Copy(number > 0 ? "Infinity"u8 : "-Infinity"u8, destination);
    }

    static int WriteShortest(ExactDecimal value, Span<byte> destination)
    {
        var (magnitude, scale) = PowersOfTen.StripZeros(value.Magnitude, value.Scale);
        if (magnitude == 0)
            return Copy("0"u8, destination);
        var length = 0;
        if (value.IsNegative)
            destination[length++] = (byte)'-';
        var digits = CountDigits(magnitude);
        var pointPosition = digits - scale;
        if (pointPosition is >= JavaScriptMinPointPosition and <= JavaScriptMaxIntegerDigits)
            return length + WriteCoefficient(magnitude, Math.Max(-scale, 0), Math.Max(scale, 0), destination[length..]);
        length += WriteCoefficient(magnitude, 0, digits - 1, destination[length..]);
        destination[length++] = (byte)'e';
        var exponent = pointPosition - 1;
        destination[length++] = exponent < 0 ? (byte)'-' : (byte)'+';
        return length + WriteDigits((ulong)Math.Abs(exponent), destination[length..]);
    }

    /// <summary>
    /// The magnitude and some zeros, with a point before the last <paramref name="fractionDigits"/> digits.
    /// </summary>
    static int WriteCoefficient(ulong magnitude, int zeros, int fractionDigits, Span<byte> destination)
    {
        var digits = CountDigits(magnitude) + zeros;
        // A fraction that is longer than the digits there are begins with zeros, after one for the integer part.
        var padding = Math.Max(fractionDigits + 1 - digits, 0);
        destination[..padding].Fill((byte)'0');
        var length = padding + WriteDigits(magnitude, destination[padding..]);
        destination.Slice(length, zeros).Fill((byte)'0');
        length += zeros;
        if (fractionDigits == 0)
            return length;
        var pointAt = length - fractionDigits;
        destination[pointAt..length].CopyTo(destination[(pointAt + 1)..]);
        destination[pointAt] = (byte)'.';
        return length + 1;
    }

    static int WriteExponent(DecimalForm form, Span<byte> destination)
    {
        var length = 0;
        destination[length++] = form.Has(DecimalMark.UpperCaseE) ? (byte)'E' : (byte)'e';
        if (form.Has(DecimalMark.PlusSign | DecimalMark.MinusSign))
            destination[length++] = form.Has(DecimalMark.PlusSign) ? (byte)'+' : (byte)'-';
        var magnitude = (ulong)Math.Abs(form.Exponent);
        var padding = form.ExponentDigits - CountDigits(magnitude);
        destination.Slice(length, padding).Fill((byte)'0');
        length += padding;
        return length + WriteDigits(magnitude, destination[length..]);
    }

    static int WriteDigits(ulong magnitude, Span<byte> destination) =>
        magnitude.TryFormat(destination, out var written, default, CultureInfo.InvariantCulture)
            ? written
            : throw new ArgumentException("The destination is too short.", nameof(destination));

    static int Copy(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        text.CopyTo(destination);
        return text.Length;
    }

    internal static int CountDigits(ulong value)
    {
        var digits = 1;
        while (digits <= PowersOfTen.MaxExponent && value >= (ulong)PowersOfTen.Get(digits))
            digits++;
        return value >= 10_000_000_000_000_000_000 ? 20 : digits;
    }
}
