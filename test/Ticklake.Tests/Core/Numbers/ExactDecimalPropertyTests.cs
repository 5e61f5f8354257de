using System.Globalization;
using System.Numerics;
using System.Text;
using Shouldly;
using Ticklake.Core.Numbers;
using Xunit;
using static Ticklake.Tests.Core.Numbers.ExactDecimalTests;

namespace Ticklake.Tests.Core.Numbers;

public sealed class ExactDecimalPropertyTests
{
    const int Runs = 100_000;
    const int Seed = 20261121;

    static void ForEachText(Action<string, RandomNumbers> check)
    {
        var numbers = new RandomNumbers(Seed);
        for (var i = 0; i < Runs; i++)
        {
            var text = numbers.Next();
            try
            {
                check(text, numbers);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"seed {Seed}, run {i}, text {text}: {failure.Message}", failure);
            }
        }
    }

    static (BigInteger Numerator, int Scale) Exact(ExactDecimal value) => value.Scale >= 0
        ? (value.Mantissa, value.Scale)
        : (value.Mantissa * BigInteger.Pow(10, -value.Scale), 0);

    [Fact]
    public void Any_text_is_read_exactly_or_rounded_to_the_nearest() => ForEachText((text, _) =>
    {
        var value = Parse(text);
        var truth = RandomNumbers.Read(text);
        if (!value.IsRounded)
        {
            RandomNumbers.Compare(Exact(value), truth).ShouldBe(0);
            Original(value).ShouldBe(text);
            RandomNumbers.Compare(RandomNumbers.Read(value.ToString()), truth).ShouldBe(0);
            return;
        }

        // |value - truth| <= half a unit of the eighteenth digit, and the digit is even where it is exactly half.
        var places = Math.Max(Math.Max(truth.Scale, value.Scale), 0);
        BigInteger Units((BigInteger Numerator, int Scale) n) => n.Numerator * BigInteger.Pow(10, places - n.Scale);
        var twice = 2 * BigInteger.Abs(Units(Exact(value)) - Units(truth));
        var unit = BigInteger.Pow(10, places - value.Scale);
        twice.ShouldBeLessThanOrEqualTo(unit);
        if (twice == unit)
            (value.Mantissa % 2).ShouldBe(0);
        Math.Abs(value.Mantissa).ShouldBeInRange(100_000_000_000_000_000, 999_999_999_999_999_999);
        RandomNumbers.Compare(RandomNumbers.Read(Original(value)), Exact(value)).ShouldBe(0);
    });

    [Fact]
    public void A_prefix_is_the_same_number_whatever_follows() => ForEachText((text, numbers) =>
    {
        var tail = new string("],\"} ab."[numbers.Below(8)], numbers.Below(24));
        if (tail.StartsWith('.') && !text.Contains('.', StringComparison.Ordinal))
            return;
        ExactDecimal.TryParsePrefix(Encoding.ASCII.GetBytes(text + tail), out var value, out var consumed)
            .ShouldBeTrue();
        consumed.ShouldBe(text.Length);
        value.ShouldBe(Parse(text));
        Original(value).ShouldBe(Original(Parse(text)));
    });

    [Fact]
    public void Whatever_the_bytes_are_both_ways_of_reading_them_agree()
    {
        var numbers = new RandomNumbers(Seed);
        Span<byte> text = stackalloc byte[40];
        for (var i = 0; i < Runs * 5; i++)
        {
            text.Fill((byte)' ');
            var length = numbers.Below(16);
            for (var at = 0; at < length; at++)
                text[at] = "0011234567899..--+eE ,\"x"u8[numbers.Below(24)];
            // With room behind it a text takes the vector path, without it the scalar one.
            var isNumber = ExactDecimal.TryParsePrefix(text, out var value, out var consumed);
            ExactDecimal.TryParsePrefix(text[..length], out var same, out var end).ShouldBe(isNumber, Describe(i, text));
            end.ShouldBe(consumed, Describe(i, text));
            same.ShouldBe(value, Describe(i, text));
            if (isNumber)
                Original(same).ShouldBe(Encoding.ASCII.GetString(text[..consumed]), Describe(i, text));
        }
    }

    static string Describe(int run, ReadOnlySpan<byte> text) =>
        $"seed {Seed}, run {run}, text '{Encoding.ASCII.GetString(text)}'";

    [Fact]
    public void Doubles_are_the_nearest() => ForEachText((text, _) =>
    {
        var value = Parse(text);
        if (value.IsRounded)
            return;
        var expected = double.Parse(text, CultureInfo.InvariantCulture);
        BitConverter.DoubleToInt64Bits(value.ToDouble()).ShouldBe(BitConverter.DoubleToInt64Bits(expected));
        var shortest = RandomNumbers.Read(expected.ToString("R", CultureInfo.InvariantCulture));
        value.IsExactAsDouble().ShouldBe(RandomNumbers.Compare(shortest, RandomNumbers.Read(text)) == 0);
    });

    [Fact]
    public void A_double_that_is_said_to_be_exact_is_the_exact_one() => ForEachText((text, _) =>
    {
        var value = Parse(text);
        if (!value.TryToExactDouble(out var number))
            return;
        value.IsExactAsDouble().ShouldBeTrue();
        value.IsRounded.ShouldBeFalse();
        BitConverter.DoubleToInt64Bits(number).ShouldBe(BitConverter.DoubleToInt64Bits(value.ToDouble()));
    });

    [Fact]
    public void Doubles_are_the_nearest_by_rational_arithmetic_where_halves_are_near()
    {
        var numbers = new RandomNumbers(Seed);
        for (var i = 0; i < Runs; i++)
        {
            // 2^53 + odd is exactly half way between two doubles; a scale of 0 to 18 moves it off or keeps it there.
            var mantissa = (1L << 53) + 1 + 2 * (long)numbers.Below(int.MaxValue);
            var value = new ExactDecimal(numbers.Below(2) == 0 ? mantissa : mantissa * 5, numbers.Below(19));
            IsNearest(value).ShouldBeTrue($"seed {Seed}, run {i}, {value}");
        }
    }

    static bool IsNearest(ExactDecimal value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value.ToDouble());
        var fraction = (bits & ((1L << 52) - 1)) | 1L << 52;
        var exponent = (int)(bits >> 52) - 1075;
        // value = m / 10^s and double = f × 2^e: compare 2 |m - f × 2^e × 10^s| with 2^e × 10^s, scaled by 2^-e if e <
        // 0.
        var unit = BigInteger.Pow(10, value.Scale) * BigInteger.Pow(2, Math.Max(exponent, 0));
        var exact = value.Mantissa * BigInteger.Pow(2, Math.Max(-exponent, 0));
        var twice = 2 * BigInteger.Abs(exact - fraction * unit);
        return twice < unit || (twice == unit && fraction % 2 == 0);
    }

    [Fact]
    public void Decimals_are_equal_to_what_the_runtime_reads() => ForEachText((text, _) =>
    {
        var value = Parse(text);
        var (numerator, scale) = RandomNumbers.Read(text);
        if (value.IsRounded || scale > 28 || BigInteger.Abs(numerator) >= BigInteger.Pow(2, 96))
            return;
        var expected = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        value.TryToDecimal(out var actual).ShouldBeTrue();
        actual.ShouldBe(expected);
        value.ToDecimal().ShouldBe(expected);
    });

    [Fact]
    public void Order_and_equality_are_numeric_at_any_scales()
    {
        var previous = "0";
        ForEachText((text, numbers) =>
        {
            // Half of the pairs are close or equal: the same digits with zeros appended.
            var other = numbers.Below(2) == 0 || text.Contains('e', StringComparison.OrdinalIgnoreCase)
                ? previous
                : text + (text.Contains('.', StringComparison.Ordinal) ? "000" : ".00");
            var (left, right) = (Parse(text), Parse(other));
            var expected = Math.Sign(RandomNumbers.Compare(Exact(left), Exact(right)));
            Math.Sign(left.CompareTo(right)).ShouldBe(expected);
            Math.Sign(right.CompareTo(left)).ShouldBe(-expected);
            left.Equals(right).ShouldBe(expected == 0);
            (left < right).ShouldBe(expected < 0);
            if (expected == 0)
                left.GetHashCode().ShouldBe(right.GetHashCode());
            previous = text;
        });
    }

    [Fact]
    public void Shortest_double_texts_become_what_javascript_writes()
    {
        var numbers = new RandomNumbers(Seed);
        for (var i = 0; i < Runs; i++)
        {
            var number = BitConverter.Int64BitsToDouble(
                (long)numbers.Below(int.MaxValue) << 32 | (uint)numbers.Below(int.MaxValue));
            if (!double.IsFinite(number) || Math.Abs(number) is > 1e290 or < 1e-290)
                continue;
            var text = number.ToString("R", CultureInfo.InvariantCulture);
            var written = JavaScript(Parse(text));
            double.Parse(written, CultureInfo.InvariantCulture).ShouldBe(number);
            written.ShouldNotContain("E", Case.Sensitive);
            var digits = text.Split('E')[0].Replace(".", "", StringComparison.Ordinal).Trim('0', '-');
            written.Split('e')[0].Replace(".", "", StringComparison.Ordinal).Trim('0', '-').ShouldBe(digits);
        }
    }
}
