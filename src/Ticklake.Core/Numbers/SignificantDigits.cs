namespace Ticklake.Core.Numbers;

/// <summary>
/// The significant digits of a coefficient in at most eighteen: without the trailing zeros that do not fit, and
/// rounded half to even if the rest does not fit either.
/// </summary>
readonly ref struct SignificantDigits
{
    internal SignificantDigits(ReadOnlySpan<byte> integer, ReadOnlySpan<byte> fraction)
    {
        FractionDigits = fraction.Length;
        var leading = CountLeadingZeros(integer, fraction);
        var significant = integer.Length + fraction.Length - leading;
        if (significant > ExactDecimal.MaxDigits)
            Dropped = CountTrailingZeros(integer, fraction);
        var kept = significant - Dropped;
        if (kept > ExactDecimal.MaxDigits)
        {
            IsRounded = true;
            Dropped = significant - ExactDecimal.MaxDigits;
            kept = ExactDecimal.MaxDigits;
        }

        var first = leading;
        for (var i = first; i < first + kept; i++)
            Mantissa = Mantissa * 10 + At(integer, fraction, i);
        if (!IsRounded || !RoundsUp(integer, fraction, first + kept))
            return;
        Mantissa++;
        // 999…9 became 10^18: nineteen digits, the last of which is a zero.
        if (Mantissa == PowersOfTen.Get(ExactDecimal.MaxDigits))
        {
            Mantissa /= 10;
            Dropped++;
        }
    }

    internal long Mantissa { get; }

    /// <summary>Fraction digits of the text.</summary>
    internal int FractionDigits { get; }

    /// <summary>Digits of the text that are not in the mantissa: all zeros unless <see cref="IsRounded"/>.</summary>
    internal int Dropped { get; }

    internal bool IsRounded { get; }

    static int At(ReadOnlySpan<byte> integer, ReadOnlySpan<byte> fraction, int index) =>
        (index < integer.Length ? integer[index] : fraction[index - integer.Length]) - '0';

    static int CountLeadingZeros(ReadOnlySpan<byte> integer, ReadOnlySpan<byte> fraction)
    {
        var inInteger = integer.IndexOfAnyExcept((byte)'0');
        if (inInteger >= 0)
            return inInteger;
        var inFraction = fraction.IndexOfAnyExcept((byte)'0');
        return integer.Length + (inFraction >= 0 ? inFraction : fraction.Length);
    }

    static int CountTrailingZeros(ReadOnlySpan<byte> integer, ReadOnlySpan<byte> fraction)
    {
        var inFraction = fraction.LastIndexOfAnyExcept((byte)'0');
        return inFraction >= 0
            ? fraction.Length - 1 - inFraction
            : fraction.Length + integer.Length - 1 - integer.LastIndexOfAnyExcept((byte)'0');
    }

    bool RoundsUp(ReadOnlySpan<byte> integer, ReadOnlySpan<byte> fraction, int next)
    {
        var digit = At(integer, fraction, next);
        if (digit != 5)
            return digit > 5;
        for (var i = next + 1; i < integer.Length + fraction.Length; i++)
        {
            if (At(integer, fraction, i) != 0)
                return true;
        }

        return (Mantissa & 1) == 1;
    }
}
