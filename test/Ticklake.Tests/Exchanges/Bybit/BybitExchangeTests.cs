using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Bybit;
using Xunit;

namespace Ticklake.Tests.Exchanges.Bybit;

public sealed class BybitExchangeTests
{
    static readonly BybitExchange Exchange = new();

    [Theory]
    [InlineData(Channel.Trades, "BTCUSDT", "", "")]
    [InlineData(Channel.Books, "BTCUSDT", "", "")]
    [InlineData(Channel.Books, "BTCUSDT", "len=200", "")]
    [InlineData(Channel.Books, "BTCUSDT", "len=50", "50")]
    [InlineData(Channel.Books, "BTC-24MAR23", "len=1000", "1000")]
    [InlineData(Channel.BookTicker, "BTCPERP", "", "")]
    [InlineData(Channel.Ticker, "BTCUSDT-21FEB25", "", "")]
    [InlineData(Channel.Candles, "BTCUSDT", "timeframe=1M", "1M")]
    [InlineData(Channel.Candles, "BTCUSDT", "timeframe=12h", "12h")]
    public void A_wanted_stream_becomes_a_key(Channel channel, string symbol, string options, string variant)
    {
        foreach (var market in Exchange.Markets)
        {
            Exchange.TryParseStream(market, Request(channel, symbol, options), out var key, out var fault).ShouldBeTrue(fault);
            key.ShouldBe(new StreamKey(market, channel, symbol, variant));
        }
    }

    [Theory]
    [InlineData(Channel.Trades, "btcusdt", "", "did you mean 'BTCUSDT'?")]
    [InlineData(Channel.Trades, "BTC/USDT", "", "did you mean 'BTCUSDT'?")]
    [InlineData(Channel.Trades, "", "", "write BTCUSDT")]
    [InlineData(Channel.RawBooks, "BTCUSDT", "", "no channel raw_books")]
    [InlineData(Channel.Liquidations, "BTCUSDT", "", "and on bybit/linear liquidations")]
    [InlineData(Channel.Books, "BTCUSDT", "len=500", "allowed: 200, 50, 1000")]
    [InlineData(Channel.Books, "BTCUSDT", "len=1", "allowed: 200, 50, 1000")]
    [InlineData(Channel.Candles, "BTCUSDT", "", "option timeframe is missing")]
    [InlineData(Channel.Candles, "BTCUSDT", "timeframe=60", "allowed: 1m, 3m")]
    [InlineData(Channel.Ticker, "BTCUSDT", "len=50", "this channel has no options")]
    public void What_cannot_be_recorded_is_refused_with_what_would_be_right(
        Channel channel, string symbol, string options, string expected)
    {
        Exchange.TryParseStream(BybitExchange.Spot, Request(channel, symbol, options), out var key, out var fault)
            .ShouldBeFalse();
        key.ShouldBeNull();
        fault.ShouldNotBeNull().ShouldContain(expected);
    }

    [Fact]
    public void Liquidations_are_of_contracts()
    {
        Exchange.TryParseStream(BybitExchange.Linear, Request(Channel.Liquidations, "ROSEUSDT", ""), out var key, out _)
            .ShouldBeTrue();
        key.ShouldBe(new StreamKey(BybitExchange.Linear, Channel.Liquidations, "ROSEUSDT"));
        Exchange.RulesFor(key!).Trades.ShouldBe(TradeIdRule.None);
    }

    [Fact]
    public void Another_market_is_refused() =>
        Exchange.TryParseStream(new MarketId("bybit", "inverse"), Request(Channel.Trades, "BTCUSD", ""), out _, out _)
            .ShouldBeFalse();

    [Theory]
    [InlineData("spot", "BTCUSDT", "BTC-USDT")]
    [InlineData("spot", "ETHUSDC", "ETH-USDC")]
    [InlineData("spot", "ETHBTC", "ETH-BTC")]
    [InlineData("spot", "WHATEVER", "WHATEVER")]
    [InlineData("linear", "BTCUSDT", "BTC-USDT")]
    [InlineData("linear", "1000PEPEUSDT", "1000PEPE-USDT")]
    [InlineData("linear", "BTCPERP", "BTC-USDC")]
    [InlineData("linear", "BTCUSDT-21FEB25", "BTC-USDT")]
    [InlineData("linear", "BTC-24MAR23", "BTC-USDC")]
    public void Pairs_follow_the_form_of_the_symbol(string market, string symbol, string pair) =>
        Exchange.PairOf(new MarketId("bybit", market), symbol).ShouldBe(pair);

    [Theory]
    [InlineData("", 200)]
    [InlineData("50", 50)]
    [InlineData("1000", 1000)]
    public void Books_are_chained_in_band_and_keep_their_window(string variant, int levels)
    {
        var books = Exchange.RulesFor(new StreamKey(BybitExchange.Linear, Channel.Books, "BTCUSDT", variant));
        books.Sequence.ShouldBe(SequenceRule.ConsecutiveIdsInBand);
        books.KeptLevels.ShouldBe(levels);
        books.DeletesNameKnownLevels.ShouldBeFalse();
    }

    [Fact]
    public void Trade_ids_are_unique_and_nothing_more() =>
        Exchange.RulesFor(new StreamKey(BybitExchange.Spot, Channel.Trades, "BTCUSDT")).Trades.ShouldBe(TradeIdRule.Unique);

    static StreamRequest Request(Channel channel, string symbol, string options) => new(
        channel,
        symbol,
        options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('='))
            .ToDictionary(option => option[0], option => option[1]));
}
