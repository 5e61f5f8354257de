using System.Text;
using Shouldly;
using Ticklake.Core.Events;
using Xunit;

namespace Ticklake.Tests.Core.Events;

public sealed class TradeIdTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("2290000001225843671")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("007")]
    [InlineData("-5")]
    [InlineData("0a1b2c3d-4e5f-5a6b-8c7d-9e0f1a2b3c4d")]
    [InlineData("0A1B2C3D-4E5F-5A6B-8C7D-9E0F1A2B3C4D")]
    [InlineData("730292425431437318X0_12345678901234567890")]
    [InlineData("123456789012345678901234567890123456789012345678")]
    public void A_text_comes_back_as_it_was(string text)
    {
        TradeId.TryOf(Encoding.UTF8.GetBytes(text), out var id).ShouldBeTrue();
        id.ToString().ShouldBe(text);
        TradeId.TryOf(Encoding.UTF8.GetBytes(text), out var again);
        again.ShouldBe(id);
    }

    [Fact]
    public void Numbers_and_uuids_are_the_same_however_they_were_read()
    {
        TradeId.TryOf("42"u8, out var number).ShouldBeTrue();
        number.ShouldBe(TradeId.Of(42));
        var uuid = Guid.Parse("0a1b2c3d-4e5f-5a6b-8c7d-9e0f1a2b3c4d");
        TradeId.TryOf("0a1b2c3d-4e5f-5a6b-8c7d-9e0f1a2b3c4d"u8, out var known).ShouldBeTrue();
        known.ShouldBe(TradeId.Of(uuid));
    }

    [Fact]
    public void Nothing_is_none_and_too_much_is_refused()
    {
        TradeId.TryOf([], out var none).ShouldBeTrue();
        none.IsNone.ShouldBeTrue();
        TradeId.TryOf(new byte[TradeId.MaxTextLength + 1], out _).ShouldBeFalse();
    }
}
