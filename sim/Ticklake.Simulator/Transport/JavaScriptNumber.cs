using System.Buffers.Text;
using System.Globalization;

namespace Ticklake.Simulator.Transport;

/// <summary>
/// ECMAScript's Number-to-String for decimals of at most 17 digits, whose shortest round-trip form is their own digits
/// without trailing zeros. Bitfinex writes its JSON and hashes its books in this form.
/// </summary>
static class JavaScriptNumber
{
    public const int MaxLength = 48;

    /// <summary>Writes mantissa × 10^-scale; the number of bytes.</summary>
    public static int Write(long mantissa, int scale, Span<byte> destination)
    {
        if (mantissa == 0)
        {
            destination[0] = (byte)'0';
            return 1;
        }

        while (mantissa % 10 == 0)
        {
            mantissa /= 10;
            scale--;
        }

        var length = 0;
        if (mantissa < 0)
            destination[length++] = (byte)'-';
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(Math.Abs(mantissa), digits, out var count);
        return length + Place(digits[..count], count - scale, destination[length..]);
    }

    /// <summary>The shortest round-trip digits of a double as mantissa and scale.</summary>
    public static (long Mantissa, int Scale) Split(double value)
    {
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        for (var precision = 0; precision < 16; precision++)
        {
            var shorter = value.ToString("E" + precision, CultureInfo.InvariantCulture);
            if (double.Parse(shorter, CultureInfo.InvariantCulture) == value)
            {
                text = shorter;
                break;
            }
        }

        var e = text.IndexOf('E', StringComparison.Ordinal);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? 0 : e - point - 1;
        var mantissa = long.Parse(text[..e].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return (mantissa, fraction - int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>Lays out 0.digits × 10^point by the bounds of ECMA-262 section 6.1.6.1.20.</summary>
    static int Place(ReadOnlySpan<byte> digits, int point, Span<byte> to)
    {
        if (point is > -6 and <= 0)
        {
            "0."u8.CopyTo(to);
            to.Slice(2, -point).Fill((byte)'0');
            digits.CopyTo(to[(2 - point)..]);
            return 2 - point + digits.Length;
        }

        if (point is > 0 and <= 21)
        {
            if (digits.Length <= point)
            {
                digits.CopyTo(to);
                to[digits.Length..point].Fill((byte)'0');
                return point;
            }

            digits[..point].CopyTo(to);
            to[point] = (byte)'.';
            digits[point..].CopyTo(to[(point + 1)..]);
            return digits.Length + 1;
        }

        return PlaceExponent(digits, point - 1, to);
    }

    static int PlaceExponent(ReadOnlySpan<byte> digits, int exponent, Span<byte> to)
    {
        to[0] = digits[0];
        var length = 1;
        if (digits.Length > 1)
        {
            to[length++] = (byte)'.';
            digits[1..].CopyTo(to[length..]);
            length += digits.Length - 1;
        }

        to[length++] = (byte)'e';
        if (exponent > 0)
            to[length++] = (byte)'+';
        Utf8Formatter.TryFormat(exponent, to[length..], out var written);
        return length + written;
    }
}
