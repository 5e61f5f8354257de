using System.Text;
using Shouldly;
using Ticklake.Core.Numbers;
using Xunit;

namespace Ticklake.Tests.Core.Numbers;

public sealed class ExactDecimalTests
{
    internal delegate int Format(in ExactDecimal value, Span<byte> destination);

    internal static ExactDecimal Parse(string text)
    {
        ExactDecimal.TryParse(Encoding.ASCII.GetBytes(text), out var value).ShouldBeTrue(text);
        return value;
    }

    internal static string Original(ExactDecimal value) => Text(value, (in v, d) => v.FormatOriginal(d));

    internal static string JavaScript(ExactDecimal value) => Text(value, (in v, d) => v.FormatJavaScript(d));

    static string Text(ExactDecimal value, Format format)
    {
        Span<byte> text = stackalloc byte[ExactDecimal.MaxTextLength];
        return Encoding.ASCII.GetString(text[..format(value, text)]);
    }

    [Theory]
    [InlineData("0", 0, 0, "0", "0")]
    [InlineData("-0", 0, 0, "0", "0")]
    [InlineData("-0.0", 0, 1, "0", "0")]
    [InlineData("0.000", 0, 3, "0", "0")]
    [InlineData("0e5", 0, -5, "0", "0")]
    [InlineData("6445.8", 64458, 1, "6445.8", "6445.8")]
    [InlineData("-0.17068024", -17068024, 8, "-0.17068024", "-0.17068024")]
    [InlineData("61737.63000000", 6173763000000, 8, "61737.63", "61737.63")]
    [InlineData("3735683259", 3735683259, 0, "3735683259", "3735683259")]
    [InlineData("1.50", 150, 2, "1.5", "1.5")]
    [InlineData("64210.0", 642100, 1, "64210", "64210")]
    [InlineData("0.000001", 1, 6, "0.000001", "0.000001")]
    [InlineData("0.0000011", 11, 7, "0.0000011", "0.0000011")]
    [InlineData("0.0000007", 7, 7, "0.0000007", "7e-7")]
    [InlineData("7e-7", 7, 7, "0.0000007", "7e-7")]
    [InlineData("9.9e-7", 99, 8, "0.00000099", "9.9e-7")]
    [InlineData("-8e-8", -8, 8, "-0.00000008", "-8e-8")]
    [InlineData("1.15086E8", 115086, -3, "115086000", "115086000")]
    [InlineData("1e+5", 1, -5, "100000", "100000")]
    [InlineData("1e+05", 1, -5, "100000", "100000")]
    [InlineData("1e-0", 1, 0, "1", "1")]
    [InlineData("12E00", 12, 0, "12", "12")]
    [InlineData("1e21", 1, -21, "1000000000000000000000", "1e+21")]
    [InlineData("1.5e300", 15, -299, null, "1.5e+300")]
    [InlineData("100000000000000000000", 1, -20, "100000000000000000000", "100000000000000000000")]
    [InlineData("0.10000000000000000000000", 1, 1, "0.1", "0.1")]
    [InlineData("43.358118629999986", 43358118629999986, 15, "43.358118629999986", "43.358118629999986")]
    [InlineData("999999999999999999", 999999999999999999, 0, "999999999999999999", "1000000000000000000")]
    [InlineData("1234.56789012345678", 123456789012345678, 14, "1234.56789012345678", "1234.567890123457")]
    [InlineData("0.00000000000000000000001", 1, 23, "0.00000000000000000000001", "1e-23")]
    public void A_text_is_read_and_written_again(
        string text, long mantissa, int scale, string? plain, string javaScript)
    {
        var value = Parse(text);
        value.Mantissa.ShouldBe(mantissa);
        value.Scale.ShouldBe(scale);
        value.IsRounded.ShouldBeFalse();
        Original(value).ShouldBe(text);
        JavaScript(value).ShouldBe(javaScript);
        if (plain is not null)
            value.ToString().ShouldBe(plain);
    }

    [Theory]
    [InlineData("1234567890123456785", 123456789012345678, -1, "1234567890123456780")]
    [InlineData("1234567890123456775", 123456789012345678, -1, "1234567890123456780")]
    [InlineData("1234567890123456785.1", 123456789012345679, -1, "1234567890123456790")]
    [InlineData("-0.12345678901234567850", -123456789012345678, 18, "-0.123456789012345678")]
    [InlineData("0.12345678901234567851", 123456789012345679, 18, "0.123456789012345679")]
    [InlineData("9999999999999999999", 100000000000000000, -2, "10000000000000000000")]
    [InlineData("9.999999999999999999e5", 100000000000000000, 11, "10.0000000000000000e5")]
    [InlineData("123456789012345678.9", 123456789012345679, 0, "123456789012345679")]
    public void More_than_18_digits_are_rounded_half_to_even_and_marked(
        string text, long mantissa, int scale, string original)
    {
        var value = Parse(text);
        value.IsRounded.ShouldBeTrue();
        value.Mantissa.ShouldBe(mantissa);
        value.Scale.ShouldBe(scale);
        Original(value).ShouldBe(original);
        value.IsExactAsDouble().ShouldBeFalse();
        value.Negate().IsRounded.ShouldBeTrue();
        value.ShiftPoint(2).IsRounded.ShouldBeTrue();
    }

    [Theory]
    [InlineData("6445.8", true)]
    [InlineData("-0.00000001", true)]
    [InlineData("999999999999999", true)]
    [InlineData("1000000000000000", false)]
    [InlineData("-0", false)]
    [InlineData("1e5", false)]
    public void The_usual_number_has_a_quick_double(string text, bool isQuick)
    {
        var value = Parse(text);
        value.TryToExactDouble(out var number).ShouldBe(isQuick);
        if (isQuick)
            number.ShouldBe(value.ToDouble());
        ExactDecimal.None.TryToExactDouble(out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("-.5")]
    [InlineData("00.5")]
    [InlineData("01")]
    [InlineData("-01")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1.e5")]
    [InlineData("1 ")]
    [InlineData(" 1")]
    [InlineData("1.2.3")]
    [InlineData("1,2")]
    [InlineData("--1")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("null")]
    [InlineData("1e1001")]
    [InlineData("1e-1001")]
    [InlineData("1e99999999999999999999")]
    [InlineData("10.5e-1000")]
    public void Anything_but_a_json_number_of_sane_size_is_refused(string text)
    {
        ExactDecimal.TryParse(Encoding.ASCII.GetBytes(text), out var value).ShouldBeFalse();
        value.ShouldBe(default);
        // The same with room behind, where the fast path reads.
        var padded = Encoding.ASCII.GetBytes(text + new string(']', 20));
        if (ExactDecimal.TryParsePrefix(padded, out _, out var consumed))
            consumed.ShouldBeLessThan(Math.Max(text.Length, 1));
    }

    [Fact]
    public void Endless_digits_are_refused_and_a_thousand_are_read()
    {
        ExactDecimal.TryParse(Encoding.ASCII.GetBytes(new string('7', 1_000_000)), out _).ShouldBeFalse();
        var long1 = "0." + new string('0', 990) + "12345678";
        Original(Parse(long1)).ShouldBe(long1);
        Parse(long1).ToString().ShouldBe(long1);
        var long2 = "1" + new string('0', 999);
        Original(Parse(long2)).ShouldBe(long2);
        Parse(new string('9', 1000)).ToString().ShouldBe("1" + new string('0', 1000));
    }

    [Fact]
    public void A_prefix_ends_at_the_first_byte_that_is_not_of_the_number()
    {
        foreach (var end in "],\"} :\n")
        {
            ExactDecimal.TryParsePrefix(Encoding.ASCII.GetBytes($"-12.50{end}1"), out var value, out var consumed)
                .ShouldBeTrue();
            consumed.ShouldBe(6);
            Original(value).ShouldBe("-12.50");
        }
    }

    [Fact]
    public void None_is_no_number_and_nothing_else_is_none()
    {
        ExactDecimal.None.IsNone.ShouldBeTrue();
        ExactDecimal.None.IsZero.ShouldBeFalse();
        default(ExactDecimal).IsNone.ShouldBeFalse();
        ExactDecimal.None.ShouldBe(ExactDecimal.None);
        ExactDecimal.None.ShouldNotBe(ExactDecimal.Zero);
        ExactDecimal.None.CompareTo(Parse("-1e300")).ShouldBeLessThan(0);
        ExactDecimal.None.ShiftPoint(2).IsNone.ShouldBeTrue();
        ExactDecimal.None.Abs().IsNone.ShouldBeTrue();
        ExactDecimal.None.ToDouble().ShouldBe(double.NaN);
        ExactDecimal.None.ToString().ShouldBe("");
        Original(ExactDecimal.None).ShouldBe("");
        ExactDecimal.None.TryToDecimal(out _).ShouldBeFalse();
    }

    [Fact]
    public void Signs_are_changed_and_the_notation_is_kept()
    {
        Original(Parse("7.0e-7").Negate()).ShouldBe("-7.0e-7");
        Original(Parse("-1.50").Abs()).ShouldBe("1.50");
        Original(Parse("-0.0").Abs()).ShouldBe("0.0");
        Original(Parse("0.0").Negate()).ShouldBe("0.0");
        Parse("-0").IsNegative.ShouldBeFalse();
        Should.Throw<OverflowException>(() => ExactDecimal.FromInteger(long.MinValue).Abs());
    }

    [Fact]
    public void Values_can_be_made_and_shifted()
    {
        ExactDecimal.FromInteger(long.MinValue).ToString().ShouldBe("-9223372036854775808");
        Original(new ExactDecimal(5, -3)).ShouldBe("5000");
        Original(new ExactDecimal(0, -3)).ShouldBe("0");
        Original(new ExactDecimal(-5, 3)).ShouldBe("-0.005");
        Original(Parse("1.25").ShiftPoint(2)).ShouldBe("0.0125");
        Original(Parse("1.25").ShiftPoint(-3)).ShouldBe("1250");
        Parse("2.5e1").ShiftPoint(2).ToString().ShouldBe("0.25");
        Should.Throw<ArgumentOutOfRangeException>(() => new ExactDecimal(1, 1001));
    }

    [Fact]
    public void A_short_destination_throws()
    {
        Should.Throw<Exception>(() => Parse("123.45").FormatOriginal(new byte[5]));
        Should.Throw<Exception>(() => Parse("123.45").FormatPlain(new byte[3]));
        Should.Throw<Exception>(() => Parse("-7e-7").FormatJavaScript(new byte[1]));
    }
}
