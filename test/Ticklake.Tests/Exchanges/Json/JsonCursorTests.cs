using System.Text;
using System.Text.Json;
using Shouldly;
using Ticklake.Exchanges.Json;
using Xunit;

namespace Ticklake.Tests.Exchanges.Json;

public sealed class JsonCursorTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("00")]
    [InlineData("-")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1E-07")]
    [InlineData("+1")]
    [InlineData("tru")]
    [InlineData("true")]
    [InlineData("nul")]
    [InlineData("null")]
    [InlineData("falsee")]
    [InlineData("\"\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"\\u12f4\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\\"")]
    [InlineData("\"a\tb\"")]
    [InlineData("[]")]
    [InlineData("[,]")]
    [InlineData("[1,]")]
    [InlineData("[1 2]")]
    [InlineData("{}")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData(" [ { \"a\" : [ ] } , \r\n\t1 ] ")]
    [InlineData("[1]]")]
    [InlineData("[1]x")]
    [InlineData("")]
    [InlineData("\u00a0[]")]
    public void It_accepts_what_the_platforms_parser_accepts(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var cursor = new JsonCursor(bytes);
        (cursor.Skip() && cursor.AtEnd()).ShouldBe(IsJson(bytes));
    }

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("-1", -1L)]
    [InlineData("  7", 7L)]
    [InlineData("999999999999999999", 999999999999999999L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775807", -long.MaxValue)]
    [InlineData("9223372036854775808", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("01", null)]
    [InlineData("-", null)]
    [InlineData("", null)]
    [InlineData("x", null)]
    public void Integers_fit_or_are_refused(string text, long? expected)
    {
        var cursor = new JsonCursor(Encoding.UTF8.GetBytes(text));
        (cursor.TakeInt64(out var value) ? value : (long?)null).ShouldBe(expected);
    }

    [Theory]
    [InlineData("\"1.50\"", true)]
    [InlineData("\"-7e-7\"", true)]
    [InlineData("\"\"", false)]
    [InlineData("\"1.5", false)]
    [InlineData("\"1.5 \"", false)]
    [InlineData("\" 1.5\"", false)]
    [InlineData("\"NaN\"", false)]
    [InlineData("1.5", false)]
    public void A_quoted_number_is_nothing_but_a_number(string text, bool expected)
    {
        var cursor = new JsonCursor(Encoding.UTF8.GetBytes(text));
        cursor.TakeQuotedDecimal(out _).ShouldBe(expected);
    }

    [Fact]
    public void Text_that_is_no_utf8_is_refused()
    {
        byte[] text = [(byte)'"', 0xC3, (byte)'"'];
        new JsonCursor(text).Skip().ShouldBeFalse();
        var cursor = new JsonCursor("\"币\""u8);
        cursor.TakeString(out var raw).ShouldBeTrue();
        raw.SequenceEqual("币"u8).ShouldBeTrue();
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        Skip(60).ShouldBeTrue();
        Skip(100_000).ShouldBeFalse();

        static bool Skip(int depth) =>
            new JsonCursor(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth))).Skip();
    }

    [Theory]
    [InlineData("a\\\"b\\u00e9", "a\"bé")]
    [InlineData("plain", "plain")]
    [InlineData("\\ud83d", "\\ud83d")]
    public void Escapes_are_decoded_on_demand(string raw, string text) =>
        JsonText.Decode(Encoding.UTF8.GetBytes(raw)).ShouldBe(text);

    static bool IsJson(byte[] text)
    {
        try
        {
            using var parsed = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
