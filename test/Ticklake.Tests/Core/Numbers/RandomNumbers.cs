using System.Globalization;
using System.Numerics;
using System.Text;

namespace Ticklake.Tests.Core.Numbers;

/// <summary>Seeded texts of numbers in the shapes exchanges use and in the shapes they never should.</summary>
sealed class RandomNumbers(int seed)
{
    readonly Random _random = new(seed);

    internal string Next() => _random.Next(10) switch
    {
        < 4 => Plain(1, 7, 0, 8),
        < 6 => Plain(1, 12, 0, 12),
        6 => Plain(1, 30, 0, 30),
        7 => Plain(1, 3, 0, 17) + Exponent(),
        8 => "0." + new string('0', _random.Next(12)) + Digits(_random.Next(1, 14)),
        _ => Digits(1) + "." + Digits(_random.Next(1, 4)) + new string('0', _random.Next(30)),
    };

    internal string Plain(int minInteger, int maxInteger, int minFraction, int maxFraction)
    {
        var text = new StringBuilder(_random.Next(2) == 0 ? "-" : "");
        var integer = Digits(_random.Next(minInteger, maxInteger + 1)).TrimStart('0');
        text.Append(integer.Length == 0 ? "0" : integer);
        var fraction = _random.Next(minFraction, maxFraction + 1);
        if (fraction > 0 && _random.Next(4) > 0)
            text.Append('.').Append(Digits(fraction - fraction / 3)).Append(ZerosOrDigits(fraction / 3));
        return text.ToString();
    }

    string Exponent() => (_random.Next(2) == 0 ? "e" : "E")
        + (_random.Next(3) switch { 0 => "", 1 => "+", _ => "-" })
        + (_random.Next(4) == 0 ? "0" : "")
        + _random.Next(40).ToString(CultureInfo.InvariantCulture);

    string ZerosOrDigits(int count) => _random.Next(2) == 0 ? new string('0', count) : Digits(count);

    internal string Digits(int count)
    {
        var digits = new char[count];
        for (var i = 0; i < count; i++)
            digits[i] = (char)('0' + _random.Next(10));
        return new string(digits);
    }

    internal int Below(int limit) => _random.Next(limit);

    /// <summary>
    /// What a text denotes, by the schoolbook: <c>Numerator / 10^Scale</c> with a scale that is not negative.
    /// </summary>
    internal static (BigInteger Numerator, int Scale) Read(string text)
    {
        var parts = text.Split('e', 'E');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var scale = (point < 0 ? 0 : parts[0].Length - point - 1) - exponent;
        var coefficient = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = BigInteger.Parse(coefficient, CultureInfo.InvariantCulture);
        return scale >= 0 ? (digits, scale) : (digits * BigInteger.Pow(10, -scale), 0);
    }

    internal static int Compare((BigInteger Numerator, int Scale) left, (BigInteger Numerator, int Scale) right) =>
        (left.Numerator * BigInteger.Pow(10, right.Scale)).CompareTo(right.Numerator * BigInteger.Pow(10, left.Scale));
}
