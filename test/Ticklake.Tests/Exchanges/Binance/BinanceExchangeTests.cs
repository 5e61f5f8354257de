using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Binance;
using Xunit;

namespace Ticklake.Tests.Exchanges.Binance;

public sealed class BinanceExchangeTests
{
    static readonly BinanceExchange Exchange = new();

    [Theory]
    [InlineData(Channel.Trades, "BTCUSDT", "", "")]
    [InlineData(Channel.Trades, "BTCUSDT", "trade=trade", "")]
    [InlineData(Channel.Trades, "BTCUSDT", "trade=agg", "agg")]
    [InlineData(Channel.Books, "BTCUSDT", "", "")]
    [InlineData(Channel.Books, "BTCUSDT", "speed=1000ms", "1000ms")]
    [InlineData(Channel.DepthSnapshots, "BTCUSDT", "", "20_100ms")]
    [InlineData(Channel.DepthSnapshots, "BTCUSDT", "levels=5 speed=1000ms", "5_1000ms")]
    [InlineData(Channel.Candles, "BTCUSDT", "timeframe=1M", "1M")]
    [InlineData(Channel.BookTicker, "币安人生USDT", "", "")]
    [InlineData(Channel.Ticker, "BTCUSDT", "", "")]
    public void A_wanted_stream_becomes_a_key(Channel channel, string symbol, string options, string variant)
    {
        Exchange.TryParseStream(BinanceExchange.Spot, Request(channel, symbol, options), out var key, out var fault)
            .ShouldBeTrue(fault);
        key.ShouldBe(new StreamKey(BinanceExchange.Spot, channel, symbol, variant));
    }

    [Theory]
    [InlineData(Channel.Trades, "btcusdt", "", "did you mean 'BTCUSDT'?")]
    [InlineData(Channel.Trades, "BTC-USDT", "", "did you mean 'BTCUSDT'?")]
    [InlineData(Channel.Trades, "BTC/USDT", "", "did you mean 'BTCUSDT'?")]
    [InlineData(Channel.Trades, "", "", "write BTCUSDT")]
    [InlineData(Channel.RawBooks, "BTCUSDT", "", "no channel raw_books")]
    [InlineData(Channel.Trades, "BTCUSDT", "trade=all", "allowed: trade, agg")]
    [InlineData(Channel.Books, "BTCUSDT", "speed=250ms", "allowed: 100ms, 1000ms")]
    [InlineData(Channel.DepthSnapshots, "BTCUSDT", "levels=7", "allowed: 5, 10, 20")]
    [InlineData(Channel.Candles, "BTCUSDT", "", "option timeframe is missing")]
    [InlineData(Channel.Candles, "BTCUSDT", "timeframe=1D", "allowed: 1s, 1m")]
    [InlineData(Channel.Ticker, "BTCUSDT", "len=25", "this channel has no options")]
    public void What_cannot_be_recorded_is_refused_with_what_would_be_right(
        Channel channel, string symbol, string options, string expected)
    {
        Exchange.TryParseStream(BinanceExchange.Spot, Request(channel, symbol, options), out var key, out var fault)
            .ShouldBeFalse();
        key.ShouldBeNull();
        fault.ShouldNotBeNull().ShouldContain(expected);
    }

    [Fact]
    public void A_market_that_is_only_read_is_not_recorded()
    {
        Exchange.TryParseStream(BinanceExchange.CoinM, Request(Channel.Trades, "BTCUSD_PERP", ""), out _, out var fault)
            .ShouldBeFalse();
        fault.ShouldBe("market binance/coinm is not recorded; Binance has binance/spot, binance/usdm");
        Exchange.Markets.ShouldNotContain(BinanceExchange.CoinM);
        Exchange.ReadableMarkets.ShouldContain(BinanceExchange.CoinM);
    }

    [Theory]
    [InlineData("BTCUSDT", "BTC-USDT")]
    [InlineData("ETHBTC", "ETH-BTC")]
    [InlineData("BTCFDUSD", "BTC-FDUSD")]
    [InlineData("BTCTUSD", "BTC-TUSD")]
    [InlineData("RUNEEUR", "RUNE-EUR")]
    [InlineData("EURUSDT", "EUR-USDT")]
    [InlineData("WHATEVER", "WHATEVER")]
    [InlineData("USDT", "USDT")]
    public void Pairs_split_before_the_longest_known_quote(string symbol, string pair) =>
        Exchange.PairOf(BinanceExchange.Spot, symbol).ShouldBe(pair);

    [Fact]
    public void Rules_are_those_of_spot()
    {
        var books = Exchange.RulesFor(new StreamKey(BinanceExchange.Spot, Channel.Books, "BTCUSDT"));
        books.Sequence.ShouldBe(SequenceRule.FirstDeltaSpansSnapshot);
        books.MayCross.ShouldBeFalse();
        books.DeletesNameKnownLevels.ShouldBeFalse();
        foreach (var variant in new[] { "", "agg" })
            Exchange.RulesFor(new StreamKey(BinanceExchange.Spot, Channel.Trades, "BTCUSDT", variant))
                .Trades.ShouldBe(TradeIdRule.Consecutive);
    }

    static StreamRequest Request(Channel channel, string symbol, string options) => new(
        channel,
        symbol,
        options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('='))
            .ToDictionary(option => option[0], option => option[1]));
}
