using Shouldly;
using Ticklake.Core.Markets;
using Xunit;

namespace Ticklake.Tests.Core;

public sealed class StreamKeyTests
{
    [Theory]
    [InlineData(Channel.Books, "")]
    [InlineData(Channel.Books, "P1_F1_25")]
    [InlineData(Channel.BookTicker, "book")]
    [InlineData(Channel.RawBooks, "")]
    [InlineData(Channel.DepthSnapshots, "rest_100")]
    [InlineData(Channel.Candles, "1M")]
    public void A_channel_name_with_its_variant_is_read_back(Channel channel, string variant)
    {
        var key = new StreamKey(new MarketId("binance", MarketId.Spot), channel, "BTCUSDT", variant);
        StreamKey.TryOf(key.Market, key.ChannelName, key.Symbol, out var read).ShouldBeTrue();
        read.ShouldBe(key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("book")]
    [InlineData("booksP1")]
    public void Other_names_are_none(string name) =>
        StreamKey.TryOf(new MarketId("binance", MarketId.Spot), name, "BTCUSDT", out _).ShouldBeFalse();
}
