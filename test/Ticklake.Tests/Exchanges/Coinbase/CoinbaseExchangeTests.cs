using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Coinbase;
using Xunit;

namespace Ticklake.Tests.Exchanges.Coinbase;

public sealed class CoinbaseExchangeTests
{
    static readonly CoinbaseExchange Exchange = new();

    [Theory]
    [InlineData(Channel.Trades, "BTC-USD", "", "", "exchange")]
    [InlineData(Channel.Trades, "BTC-USD", "api=exchange", "", "exchange")]
    [InlineData(Channel.Trades, "BTC-USD", "api=advanced_trade", "advanced_trade", "")]
    [InlineData(Channel.Books, "00-USD", "", "", "")]
    [InlineData(Channel.Books, "BTC-USD", "api=exchange", "exchange", "exchange")]
    [InlineData(Channel.Ticker, "1INCH-USD", "", "", "")]
    [InlineData(Channel.Ticker, "BTC-USD", "api=exchange", "exchange", "exchange")]
    [InlineData(Channel.Candles, "BTC-USD", "timeframe=5m", "5m", "")]
    [InlineData(Channel.Trades, "USDT-USDC", "", "", "exchange")]
    public void A_wanted_stream_becomes_a_key_of_one_of_the_two_apis(
        Channel channel, string symbol, string options, string variant, string door)
    {
        Exchange.TryParseStream(CoinbaseExchange.Spot, Request(channel, symbol, options), out var key, out var fault)
            .ShouldBeTrue(fault);
        key.ShouldBe(new StreamKey(CoinbaseExchange.Spot, channel, symbol, variant));
        Exchange.DoorOf(key!).ShouldBe(door);
    }

    [Theory]
    [InlineData(Channel.Trades, "btc-usd", "", "did you mean 'BTC-USD'?")]
    [InlineData(Channel.Trades, "BTC/USD", "", "did you mean 'BTC-USD'?")]
    [InlineData(Channel.Trades, "BTCUSD", "", "write BTC-USD")]
    [InlineData(Channel.Trades, "", "", "write BTC-USD")]
    [InlineData(Channel.Books, "BTC-USDC", "", "delivers it as 'BTC-USD'; write 'BTC-USD'")]
    [InlineData(Channel.RawBooks, "BTC-USD", "", "no channel raw_books")]
    [InlineData(Channel.BookTicker, "BTC-USD", "", "no channel book_ticker")]
    [InlineData(Channel.Trades, "BTC-USD", "api=pro", "allowed: exchange, advanced_trade")]
    [InlineData(Channel.Candles, "BTC-USD", "", "option timeframe is missing")]
    [InlineData(Channel.Candles, "BTC-USD", "timeframe=1m", "allowed: 5m")]
    [InlineData(Channel.Candles, "BTC-USD", "timeframe=5m api=exchange", "option 'api' is unknown here")]
    public void What_cannot_be_recorded_is_refused_with_what_would_be_right(
        Channel channel, string symbol, string options, string expected)
    {
        Exchange.TryParseStream(CoinbaseExchange.Spot, Request(channel, symbol, options), out var key, out var fault)
            .ShouldBeFalse();
        key.ShouldBeNull();
        fault.ShouldNotBeNull().ShouldContain(expected);
    }

    [Fact]
    public void Another_market_is_refused() =>
        Exchange
            .TryParseStream(new MarketId("coinbase", "futures"), Request(Channel.Trades, "BTC-USD", ""), out _, out _)
            .ShouldBeFalse();

    [Fact]
    public void The_symbol_is_the_pair() => Exchange.PairOf(CoinbaseExchange.Spot, "BTC-USD").ShouldBe("BTC-USD");

    [Fact]
    public void Each_door_has_an_address()
    {
        var endpoints = Exchange.DefaultEndpoints(CoinbaseExchange.Spot);
        endpoints.DoorAddress("").Host.ShouldBe("advanced-trade-ws.coinbase.com");
        endpoints.DoorAddress("exchange").Host.ShouldBe("ws-feed.exchange.coinbase.com");
    }

    [Fact]
    public void A_connection_holds_thirty_streams() =>
        Exchange.LimitsOf(CoinbaseExchange.Spot).StreamsPerConnection.ShouldBe(30, "coinbase.md 2.2: the 31st is refused");

    [Theory]
    [InlineData(Channel.Books, "", true, TradeIdRule.None)]
    [InlineData(Channel.Books, "exchange", false, TradeIdRule.None)]
    [InlineData(Channel.Trades, "", false, TradeIdRule.Consecutive)]
    [InlineData(Channel.Trades, "advanced_trade", true, TradeIdRule.Consecutive)]
    [InlineData(Channel.Ticker, "", true, TradeIdRule.None)]
    [InlineData(Channel.Candles, "5m", true, TradeIdRule.None)]
    public void Advanced_trade_is_counted_and_trade_ids_are_consecutive(
        Channel channel, string variant, bool isCounted, TradeIdRule trades)
    {
        var rules = Exchange.RulesFor(new StreamKey(CoinbaseExchange.Spot, channel, "BTC-USD", variant));
        rules.Sequence.ShouldBe(isCounted ? SequenceRule.PerConnectionCounter : SequenceRule.None);
        rules.Trades.ShouldBe(trades);
        rules.KeptLevels.ShouldBeNull("a trimmed level is lost until the next snapshot");
        rules.DeletesNameKnownLevels.ShouldBeFalse("deletes of levels that were never sent are normal");
    }

    static StreamRequest Request(Channel channel, string symbol, string options) => new(
        channel,
        symbol,
        options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('='))
            .ToDictionary(option => option[0], option => option[1]));
}
