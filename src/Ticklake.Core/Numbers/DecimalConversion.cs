namespace Ticklake.Core.Numbers;

/// <summary>Exact decimals to <see cref="decimal"/>.</summary>
static class DecimalConversion
{
    const int MaxDecimalScale = 28;

    internal static bool TryToDecimal(ExactDecimal value, out decimal result)
    {
        result = 0;
        if (value.IsNone)
            return false;
        var magnitude = (UInt128)value.Magnitude;
        var scale = value.Scale;
        if (scale > MaxDecimalScale)
            (magnitude, scale) = PowersOfTen.StripZeros(value.Magnitude, scale);
        for (; scale < 0 && magnitude >> 96 == 0 && magnitude != 0; scale++)
            magnitude *= 10;
        if (magnitude == 0)
            scale = Math.Clamp(scale, 0, MaxDecimalScale);
        if (magnitude >> 96 != 0 || scale > MaxDecimalScale)
            return false;
        result = new decimal(
            (int)(uint)magnitude,
            (int)(uint)(magnitude >> 32),
            (int)(uint)(magnitude >> 64),
            value.IsNegative,
            (byte)scale);
        return true;
    }
}
