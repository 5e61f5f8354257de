using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Mexc;
using Xunit;

namespace Ticklake.Tests.Exchanges.Mexc;

public sealed class MexcExchangeTests
{
    static readonly MexcExchange Exchange = new();

    [Theory]
    [InlineData(Channel.Trades, "BTCUSDT", "", "")]
    [InlineData(Channel.Trades, "BTCUSDT", "speed=10ms", "10ms")]
    [InlineData(Channel.Books, "BTCUSDT", "speed=100ms", "")]
    [InlineData(Channel.BookTicker, "龙虾USDT", "", "")]
    [InlineData(Channel.BookTicker, "BTCUSDT", "speed=batch", "batch")]
    [InlineData(Channel.DepthSnapshots, "BTCUSDT", "", "20")]
    [InlineData(Channel.DepthSnapshots, "BTCUSDT", "levels=5", "5")]
    [InlineData(Channel.Candles, "BTCUSDT", "timeframe=1M", "1M")]
    [InlineData(Channel.Ticker, "BTCUSDT", "", "")]
    [InlineData(Channel.Ticker, "BTCUSDT", "timezone=UTC+12:45", "UTC+1245")]
    public void A_wanted_stream_becomes_a_key(Channel channel, string symbol, string options, string variant)
    {
        Exchange.TryParseStream(MexcExchange.Spot, Request(channel, symbol, options), out var key, out var fault)
            .ShouldBeTrue(fault);
        key.ShouldBe(new StreamKey(MexcExchange.Spot, channel, symbol, variant));
    }

    [Theory]
    [InlineData(Channel.Trades, "btcusdt", "", "did you mean 'BTCUSDT'?")]
    [InlineData(Channel.Trades, "BTC_USDT", "", "did you mean 'BTCUSDT'?")]
    [InlineData(Channel.Trades, "BTC@USDT", "", "did you mean 'BTCUSDT'?")]
    [InlineData(Channel.Trades, "", "", "write BTCUSDT")]
    [InlineData(Channel.RawBooks, "BTCUSDT", "", "no channel raw_books")]
    [InlineData(Channel.Books, "BTCUSDT", "speed=batch", "allowed: 100ms, 10ms")]
    [InlineData(Channel.DepthSnapshots, "BTCUSDT", "levels=7", "allowed: 5, 10, 20")]
    [InlineData(Channel.Candles, "BTCUSDT", "", "option timeframe is missing")]
    [InlineData(Channel.Candles, "BTCUSDT", "timeframe=3m", "allowed: 1m, 5m")]
    [InlineData(Channel.Ticker, "BTCUSDT", "timezone=CET", "allowed: 24H, UTC-10")]
    public void What_cannot_be_recorded_is_refused_with_what_would_be_right(
        Channel channel, string symbol, string options, string expected)
    {
        Exchange.TryParseStream(MexcExchange.Spot, Request(channel, symbol, options), out var key, out var fault)
            .ShouldBeFalse();
        key.ShouldBeNull();
        fault.ShouldNotBeNull().ShouldContain(expected);
    }

    [Fact]
    public void Another_market_is_refused() =>
        Exchange.TryParseStream(new MarketId("mexc", "swap"), Request(Channel.Trades, "BTCUSDT", ""), out _, out _)
            .ShouldBeFalse();

    [Theory]
    [InlineData("BTCUSDT", "BTC-USDT")]
    [InlineData("龙虾USDT", "龙虾-USDT")]
    [InlineData("MXUSDC", "MX-USDC")]
    [InlineData("WHATEVER", "WHATEVER")]
    public void Pairs_split_before_the_longest_known_quote(string symbol, string pair) =>
        Exchange.PairOf(MexcExchange.Spot, symbol).ShouldBe(pair);

    [Fact]
    public void Books_are_chained_by_ranges_of_versions_and_trades_have_unique_ids()
    {
        var books = Exchange.RulesFor(new StreamKey(MexcExchange.Spot, Channel.Books, "BTCUSDT"));
        books.Sequence.ShouldBe(SequenceRule.FirstDeltaSpansSnapshot);
        books.DeletesNameKnownLevels.ShouldBeFalse();
        Exchange.RulesFor(new StreamKey(MexcExchange.Spot, Channel.Trades, "BTCUSDT")).Trades.ShouldBe(TradeIdRule.Unique);
    }

    static StreamRequest Request(Channel channel, string symbol, string options) => new(
        channel,
        symbol,
        options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('='))
            .ToDictionary(option => option[0], option => option[1]));
}
