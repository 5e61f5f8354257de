using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Okx;
using Xunit;

namespace Ticklake.Tests.Exchanges.Okx;

public sealed class OkxExchangeTests
{
    static readonly OkxExchange Exchange = new();

    [Theory]
    [InlineData("spot", Channel.Books, "BTC-USDT", "", "", "public")]
    [InlineData("spot", Channel.DepthSnapshots, "BTC-USDT", "", "", "public")]
    [InlineData("spot", Channel.BookTicker, "BTC-USDT", "", "", "public")]
    [InlineData("spot", Channel.Ticker, "BTC-USDT", "", "", "public")]
    [InlineData("swap", Channel.Trades, "BTC-USDT-SWAP", "", "", "public")]
    [InlineData("swap", Channel.Trades, "BTC-USDT-SWAP", "trade=trades", "", "public")]
    [InlineData("futures", Channel.Trades, "BTC-USD-261225", "trade=trades-all", "all", "business")]
    [InlineData("futures", Channel.Candles, "BTC-USD-261225", "timeframe=1M", "1M", "business")]
    [InlineData("spot", Channel.Candles, "BTC-USDT", "timeframe=1Dutc", "1Dutc", "business")]
    public void A_wanted_stream_becomes_a_key_behind_its_door(
        string market, Channel channel, string symbol, string options, string variant, string door)
    {
        var id = new MarketId("okx", market);
        Exchange.TryParseStream(id, Request(channel, symbol, options), out var key, out var fault).ShouldBeTrue(fault);
        key.ShouldBe(new StreamKey(id, channel, symbol, variant));
        Exchange.DoorOf(key!).ShouldBe(door);
    }

    [Theory]
    [InlineData("spot", Channel.Trades, "btc-usdt", "", "did you mean 'BTC-USDT'?")]
    [InlineData("spot", Channel.Trades, "BTC/USDT", "", "did you mean 'BTC-USDT'?")]
    [InlineData("spot", Channel.Trades, "BTCUSDT", "", "write BTC-USDT")]
    [InlineData("spot", Channel.Trades, "", "", "write BTC-USDT")]
    [InlineData("spot", Channel.Trades, "BTC-USDT-SWAP", "", "of OKX's market swap, not spot")]
    [InlineData("swap", Channel.Trades, "BTC-USDT", "", "of OKX's market spot, not swap; write BTC-USDT-SWAP")]
    [InlineData("futures", Channel.Trades, "BTC-USD-SWAP", "", "write BTC-USD-261225")]
    [InlineData("futures", Channel.Trades, "BTC-USD-220304-32000-P", "", "of no market that is recorded")]
    [InlineData("spot", Channel.RawBooks, "BTC-USDT", "", "no channel raw_books")]
    [InlineData("spot", Channel.Trades, "BTC-USDT", "trade=agg", "allowed: trades, trades-all")]
    [InlineData("spot", Channel.Candles, "BTC-USDT", "", "option timeframe is missing")]
    [InlineData("spot", Channel.Candles, "BTC-USDT", "timeframe=1h", "allowed: 1s, 1m")]
    [InlineData("spot", Channel.Books, "BTC-USDT", "speed=100ms", "this channel has no options")]
    [InlineData("usdm", Channel.Books, "BTC-USDT", "", "OKX has spot, swap and futures")]
    public void What_cannot_be_recorded_is_refused_with_what_would_be_right(
        string market, Channel channel, string symbol, string options, string expected)
    {
        Exchange.TryParseStream(new MarketId("okx", market), Request(channel, symbol, options), out var key, out var fault)
            .ShouldBeFalse();
        key.ShouldBeNull();
        fault.ShouldNotBeNull().ShouldContain(expected);
    }

    [Theory]
    [InlineData("BTC-USDT", "BTC-USDT")]
    [InlineData("BTC-USDT-SWAP", "BTC-USDT")]
    [InlineData("BTC-USD-261225", "BTC-USD")]
    public void Pairs_are_the_first_two_parts(string symbol, string pair) =>
        Exchange.PairOf(OkxExchange.Spot, symbol).ShouldBe(pair);

    [Fact]
    public void Fewer_than_thirty_streams_share_a_connection() =>
        Exchange.LimitsOf(OkxExchange.Spot).StreamsPerConnection.ShouldBeLessThan(30);

    static StreamRequest Request(Channel channel, string symbol, string options) => new(
        channel,
        symbol,
        options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('='))
            .ToDictionary(option => option[0], option => option[1]));
}
