using Ticklake.Core.Numbers;

namespace Ticklake.Stores.Tables;

/// <summary>Exact decimals in the form of a decimal column: units of 10^-18, of at most 38 digits.</summary>
public static class DecimalUnits
{
    /// <summary>Digits behind the point.</summary>
    public const int Scale = 18;

    const int Digits = 38;

    static readonly Int128[] Powers = MakePowers();

    /// <summary>
    /// False where the value has more than 18 digits behind the point, and is rounded half to even, or more than 20 before
    /// it, and is the largest that the form has.
    /// </summary>
    public static bool TryFrom(in ExactDecimal value, out Int128 units)
    {
        Int128 mantissa = value.Mantissa;
        var places = Scale - value.Scale;
        if (mantissa == 0 || places == 0)
            units = mantissa;
        else if (places < 0)
            return TryDivide(mantissa, -places, out units);
        else if (places < Digits && Int128.Abs(mantissa) < Powers[Digits - places])
            units = mantissa * Powers[places];
        else
        {
            units = Int128.Sign(mantissa) * (Powers[Digits] - 1);
            return false;
        }

        return true;
    }

    static bool TryDivide(Int128 mantissa, int places, out Int128 units)
    {
        if (places >= Digits)
        {
            units = 0;
            return false;
        }

        (units, var rest) = Int128.DivRem(mantissa, Powers[places]);
        if (rest == 0)
            return true;
        var twice = Int128.Abs(rest) * 2;
        if (twice > Powers[places] || (twice == Powers[places] && Int128.IsOddInteger(units)))
            units += Int128.Sign(mantissa);
        return false;
    }

    static Int128[] MakePowers()
    {
        var powers = new Int128[Digits + 1];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
            powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
