using System.Text;
using Google.Protobuf;
using Shouldly;
using Ticklake.Exchanges.Protobuf;
using Xunit;

namespace Ticklake.Tests.Exchanges.Protobuf;

public sealed class ProtobufCursorTests
{
    [Theory]
    [InlineData(0UL)]
    [InlineData(127UL)]
    [InlineData(128UL)]
    [InlineData(16_383UL)]
    [InlineData(16_384UL)]
    [InlineData((ulong)long.MaxValue)]
    [InlineData(ulong.MaxValue)]
    public void Varints_are_read_as_google_writes_them(ulong value)
    {
        var bytes = Written(output => output.WriteUInt64(value));
        var cursor = new ProtobufCursor(bytes);
        cursor.TakeVarint(out var read).ShouldBeTrue();
        read.ShouldBe(value);
        cursor.AtEnd.ShouldBeTrue();
        for (var length = 0; length < bytes.Length; length++)
            new ProtobufCursor(bytes.AsSpan(0, length)).TakeVarint(out _).ShouldBeFalse();
    }

    [Fact]
    public void A_varint_has_at_most_ten_bytes()
    {
        var bytes = Enumerable.Repeat((byte)0x80, 10).Append((byte)1).ToArray();
        new ProtobufCursor(bytes).TakeVarint(out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("08", 8u)]
    [InlineData("ca13", (313u << 3) | 2)]
    [InlineData("f8ffffff0f", uint.MaxValue - 7)]
    public void Tags_are_number_and_type(string hex, uint expected)
    {
        new ProtobufCursor(Convert.FromHexString(hex)).TakeTag(out var tag).ShouldBeTrue();
        tag.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("02")]
    [InlineData("80")]
    [InlineData("8080808010")]
    public void Field_numbers_begin_at_one_and_end_with_29_bits(string hex) =>
        new ProtobufCursor(Convert.FromHexString(hex)).TakeTag(out _).ShouldBeFalse();

    [Theory]
    [InlineData("08 9601")]
    [InlineData("09 0102030405060708")]
    [InlineData("0a 03616263")]
    [InlineData("0d 01020304")]
    [InlineData("0b 0801 13 0a00 14 0c")]
    public void Unknown_fields_are_skipped_by_their_type(string hex)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", ""));
        var cursor = new ProtobufCursor(bytes);
        cursor.TakeTag(out var tag).ShouldBeTrue();
        cursor.Skip(tag).ShouldBeTrue();
        cursor.AtEnd.ShouldBeTrue();
        for (var length = 1; length < bytes.Length; length++)
        {
            var cut = new ProtobufCursor(bytes.AsSpan(0, length));
            (cut.TakeTag(out tag) && cut.Skip(tag)).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("0c")]
    [InlineData("0e 00")]
    [InlineData("0f 00")]
    [InlineData("0b 14")]
    [InlineData("0a ffffffffffffffffff01")]
    [InlineData("0a ffffffff0f")]
    public void What_no_message_can_hold_is_refused(string hex)
    {
        var cursor = new ProtobufCursor(Convert.FromHexString(hex.Replace(" ", "")));
        cursor.TakeTag(out var tag).ShouldBeTrue();
        cursor.Skip(tag).ShouldBeFalse();
    }

    [Fact]
    public void Groups_within_groups_have_a_bound()
    {
        var bytes = Enumerable.Repeat((byte)0x0B, 1_000_000).ToArray();
        var cursor = new ProtobufCursor(bytes);
        cursor.TakeTag(out var tag);
        cursor.Skip(tag).ShouldBeFalse();
    }

    // The byte behind a number is the next field's tag, and 0x30 to 0x39 are digits.
    [Theory]
    [InlineData("80535.88", "0", "80535.88")]
    [InlineData("0.5", "9", "0.5")]
    [InlineData("7", ".5", "7")]
    [InlineData("1", "e5", "1")]
    [InlineData("12345678901234567", "0000000000000000", "12345678901234567")]
    [InlineData("1.50", "", "1.50")]
    public void A_decimal_ends_where_its_field_ends(string text, string behind, string expected)
    {
        var bytes = Encoding.ASCII.GetBytes($"{(char)text.Length}{text}{behind}");
        var cursor = new ProtobufCursor(bytes);
        cursor.TakeDecimal(out var value).ShouldBeTrue();
        EventLog.Text(value).ShouldBe(expected);
        cursor.AtEnd.ShouldBe(behind.Length == 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1x")]
    [InlineData("01")]
    [InlineData(" 1")]
    [InlineData("1.")]
    public void What_is_no_decimal_is_refused(string text) =>
        new ProtobufCursor(Encoding.ASCII.GetBytes($"{(char)text.Length}{text}000000000000000000")).TakeDecimal(out _)
            .ShouldBeFalse();

    [Fact]
    public void An_empty_decimal_may_be_none()
    {
        var cursor = new ProtobufCursor([0, 1, (byte)'5']);
        cursor.TakeOptionalDecimal(out var none).ShouldBeTrue();
        cursor.TakeOptionalDecimal(out var five).ShouldBeTrue();
        none.IsNone.ShouldBeTrue();
        five.Mantissa.ShouldBe(5);
    }

    [Theory]
    [InlineData("81721676217", 81_721_676_217)]
    [InlineData("0", 0)]
    [InlineData("999999999999999999", 999_999_999_999_999_999)]
    public void Versions_are_text_of_digits(string text, long expected)
    {
        new ProtobufCursor(Encoding.ASCII.GetBytes($"{(char)text.Length}{text}")).TakeDigits(out var value).ShouldBeTrue();
        value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("9999999999999999999")]
    public void Other_text_is_no_version(string text) =>
        new ProtobufCursor(Encoding.ASCII.GetBytes($"{(char)text.Length}{text}")).TakeDigits(out _).ShouldBeFalse();

    [Fact]
    public void Times_become_microseconds_and_negative_or_endless_ones_are_refused()
    {
        new ProtobufCursor(Written(o => o.WriteInt64(1_791_365_004_404))).TakeMilliseconds(out var time).ShouldBeTrue();
        time.ShouldBe(1_791_365_004_404_000);
        new ProtobufCursor(Written(o => o.WriteInt64(1_791_364_980))).TakeSeconds(out time).ShouldBeTrue();
        time.ShouldBe(1_791_364_980_000_000);
        new ProtobufCursor(Written(o => o.WriteInt64(-1))).TakeMilliseconds(out _).ShouldBeFalse();
        new ProtobufCursor(Written(o => o.WriteInt64(long.MaxValue))).TakeSeconds(out _).ShouldBeFalse();
    }

    static byte[] Written(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
            write(output);
        return bytes.ToArray();
    }
}
