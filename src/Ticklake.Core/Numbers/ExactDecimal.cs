using System.Runtime.CompilerServices;
using System.Text;

namespace Ticklake.Core.Numbers;

/// <summary>
/// A decimal number exactly as an exchange wrote it: <c>Mantissa × 10^-Scale</c> together with the notation of its
/// text, so that the text can be written again byte for byte. Equality and order are by numeric value: 1.50 == 1.5.
/// The default value is 0.
/// </summary>
public readonly struct ExactDecimal : IEquatable<ExactDecimal>, IComparable<ExactDecimal>
{
    /// <summary>A value needing more significant digits than this is rounded half to even.</summary>
    public const int MaxDigits = 18;

    /// <summary>
    /// Scales and exponents beyond ± this are refused. The smallest double is 5e-324: nothing an exchange means to
    /// send comes near.
    /// </summary>
    public const int MaxScale = 1000;

    /// <summary>No text form of any value is longer. 48 bytes hold every value with a scale from -18 to 24.</summary>
    public const int MaxTextLength = 1024;

    readonly long _mantissa;
    readonly DecimalForm _form;

    /// <exception cref="ArgumentOutOfRangeException">The scale is beyond ± <see cref="MaxScale"/>.</exception>
    public ExactDecimal(long mantissa, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, -MaxScale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, MaxScale);
        _mantissa = mantissa;
        _form = DecimalForm.Plain(scale, Math.Max(scale, 0));
    }

    internal ExactDecimal(long mantissa, DecimalForm form)
    {
        _mantissa = mantissa;
        _form = form;
    }

    /// <summary>
    /// "No value"; becomes null in a column. Less than every number, equal to itself, formatted as nothing.
    /// </summary>
    public static ExactDecimal None => new(0, DecimalForm.None);

    public static ExactDecimal Zero => default;

    public bool IsNone => _form.Has(DecimalMark.None);

    public bool IsZero => _mantissa == 0 && !IsNone;

    /// <summary>Less than zero; "-0" is not, although its text is kept.</summary>
    public bool IsNegative => _mantissa < 0;

    public long Mantissa => _mantissa;

    /// <summary>
    /// Fraction digits as written minus the exponent; negative where the value is a multiple of a power of ten.
    /// </summary>
    public int Scale => _form.Scale;

    /// <summary>
    /// The text had more than <see cref="MaxDigits"/> significant digits; this is the nearest value with that many.
    /// </summary>
    public bool IsRounded => _form.Has(DecimalMark.Rounded);

    internal DecimalForm Form => _form;

    /// <summary>The mantissa without its sign; correct for <see cref="long.MinValue"/> too.</summary>
    internal ulong Magnitude => _mantissa < 0 ? 0 - (ulong)_mantissa : (ulong)_mantissa;

    public static ExactDecimal FromInteger(long value) => new(value, default(DecimalForm));

    /// <summary>The absolute value in the same notation.</summary>
    /// <exception cref="OverflowException">
    /// The mantissa is <see cref="long.MinValue"/>, which no parsed value has.
    /// </exception>
    public ExactDecimal Abs() => new(Math.Abs(_mantissa), _form.Without(DecimalMark.NegativeZero));

    /// <summary>The opposite value in the same notation. Zero stays zero and never becomes "-0".</summary>
    /// <exception cref="OverflowException">
    /// The mantissa is <see cref="long.MinValue"/>, which no parsed value has.
    /// </exception>
    public ExactDecimal Negate() => new(checked(-_mantissa), _form.Without(DecimalMark.NegativeZero));

    /// <summary>
    /// The value × 10^-places, exactly (2: percent to fraction), in plain notation. None stays None.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The new scale is beyond ± <see cref="MaxScale"/>.</exception>
    public ExactDecimal ShiftPoint(int places)
    {
        if (IsNone)
            return this;
        var shifted = new ExactDecimal(_mantissa, Scale + places);
        return IsRounded ? new(_mantissa, shifted._form.With(DecimalMark.Rounded)) : shifted;
    }

    /// <summary>
    /// The whole span is one number by JSON's grammar. False for anything else, for a text longer than 1,000 bytes and
    /// for scales or exponents beyond ± <see cref="MaxScale"/>.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out ExactDecimal value)
    {
        if (DecimalReader.TryReadPrefix(utf8, out value, out var consumed) && consumed == utf8.Length)
            return true;
        value = default;
        return false;
    }

    /// <summary>
    /// Reads the number the span begins with and stops at the first byte that cannot belong to it; whether that byte
    /// may follow a number is the caller's to judge. Fastest where 16 bytes can be read, so pass the rest of the frame.
    /// </summary>
    public static bool TryParsePrefix(ReadOnlySpan<byte> utf8, out ExactDecimal value, out int consumed) =>
        DecimalReader.TryReadPrefix(utf8, out value, out consumed);

    /// <summary>
    /// Writes the original text, byte for byte; a rounded value is written in the notation of its original. Returns
    /// the length. All three forms throw where the destination is too short.
    /// </summary>
    public int FormatOriginal(Span<byte> destination) => DecimalWriter.WriteOriginal(this, destination);

    /// <summary>
    /// Writes what JavaScript's <c>String(Number(text))</c> gives: Bitfinex computes checksums over it.
    /// </summary>
    public int FormatJavaScript(Span<byte> destination) => DecimalWriter.WriteJavaScript(this, destination);

    /// <summary>Writes plain digits without exponent, trailing zeros or a negative zero: one text per value.</summary>
    public int FormatPlain(Span<byte> destination) => DecimalWriter.WritePlain(this, destination);

    /// <summary>
    /// <see cref="ToDouble"/> of the usual number, which is exact as a double: nothing unusual in its text and at most
    /// 15 digits. False for any other; a column of numbers is converted several times as fast by asking this first.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryToExactDouble(out double value)
    {
        value = 0;
        return _form.IsOrdinary && DoubleConversion.TryDivide(_mantissa, (uint)_form.Scale, out value);
    }

    /// <summary>The nearest double, half to even; "-0" gives -0.0. <see cref="None"/> gives NaN.</summary>
    public double ToDouble() => IsNone ? double.NaN : DoubleConversion.ToDouble(this);

    /// <summary>
    /// The shortest text that reads back as <see cref="ToDouble"/> denotes this very value, so storing the double
    /// loses nothing of what the exchange sent. False for a rounded value, true for <see cref="None"/>.
    /// </summary>
    public bool IsExactAsDouble() => IsNone || DoubleConversion.IsExact(this);

    /// <summary>The value with its scale where <see cref="decimal"/> can hold it exactly.</summary>
    /// <exception cref="OverflowException">It cannot, or there is no value.</exception>
    public decimal ToDecimal() => TryToDecimal(out var value)
        ? value
        : throw new OverflowException($"'{this}' has no exact System.Decimal.");

    /// <summary>False where <see cref="decimal"/> cannot hold the value exactly, and for <see cref="None"/>.</summary>
    public bool TryToDecimal(out decimal value) => DecimalConversion.TryToDecimal(this, out value);

    public int CompareTo(ExactDecimal other)
    {
        if (IsNone || other.IsNone)
            return other.IsNone.CompareTo(IsNone);
        return Scale == other.Scale
            ? _mantissa.CompareTo(other._mantissa)
            : CompareAcrossScales(other);
    }

    int CompareAcrossScales(ExactDecimal other)
    {
        var sign = Math.Sign(_mantissa);
        if (sign != Math.Sign(other._mantissa) || sign == 0)
            return sign.CompareTo(Math.Sign(other._mantissa));
        var places = other.Scale - Scale;
        // 10^19 exceeds every 64-bit magnitude, so the side that would be multiplied by it is the larger one.
        if (places > PowersOfTen.MaxExponent)
            return sign;
        if (places < -PowersOfTen.MaxExponent)
            return -sign;
        return places > 0
            ? ((Int128)_mantissa * PowersOfTen.Get(places)).CompareTo(other._mantissa)
            : ((Int128)_mantissa).CompareTo((Int128)other._mantissa * PowersOfTen.Get(-places));
    }

    public bool Equals(ExactDecimal other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is ExactDecimal other && Equals(other);

    public override int GetHashCode()
    {
        if (IsNone)
            return -1;
        var (magnitude, scale) = PowersOfTen.StripZeros(Magnitude, Scale);
        return magnitude == 0 ? 0 : HashCode.Combine(magnitude, scale, _mantissa < 0);
    }

    /// <summary>The plain form; empty for <see cref="None"/>.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaxTextLength];
        return Encoding.ASCII.GetString(text[..FormatPlain(text)]);
    }

    public static bool operator ==(ExactDecimal left, ExactDecimal right) => left.Equals(right);

    public static bool operator !=(ExactDecimal left, ExactDecimal right) => !left.Equals(right);

    public static bool operator <(ExactDecimal left, ExactDecimal right) => left.CompareTo(right) < 0;

    public static bool operator >(ExactDecimal left, ExactDecimal right) => left.CompareTo(right) > 0;

    public static bool operator <=(ExactDecimal left, ExactDecimal right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ExactDecimal left, ExactDecimal right) => left.CompareTo(right) >= 0;
}
