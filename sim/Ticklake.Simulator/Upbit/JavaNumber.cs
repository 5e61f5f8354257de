using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Upbit;

/// <summary>
/// Numbers as a Java server writes doubles (Double.toString): an exponent from 10^7 on and below 10^-3, <c>1.15086E8</c>.
/// </summary>
static class JavaNumber
{
    /// <summary>mantissa × 10^-scale, not negative.</summary>
    public static Utf8Text Java(this Utf8Text text, long mantissa, int scale)
    {
        if (mantissa == 0)
            return text.Raw("0.0"u8);
        while (mantissa % 10 == 0)
        {
            mantissa /= 10;
            scale--;
        }

        var digits = mantissa.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var exponent = digits.Length - 1 - scale;
        if (exponent is >= 7 or < -3)
        {
            return text.Raw(digits[..1]).Raw("."u8).Raw(digits.Length > 1 ? digits[1..] : "0").Raw("E"u8).Integer(exponent);
        }

        if (scale <= 0)
            return text.Raw(digits).Raw(new string('0', -scale)).Raw(".0"u8);
        return text.Decimals(mantissa, scale, scale);
    }
}
