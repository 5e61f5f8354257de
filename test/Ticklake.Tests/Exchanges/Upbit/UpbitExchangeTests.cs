using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Upbit;
using Xunit;

namespace Ticklake.Tests.Exchanges.Upbit;

public sealed class UpbitExchangeTests
{
    static readonly UpbitExchange Exchange = new();

    [Theory]
    [InlineData(Channel.Trades, "KRW-BTC", "", "")]
    [InlineData(Channel.Books, "BTC-ETH", "", "")]
    [InlineData(Channel.Ticker, "USDT-BTC", "", "")]
    [InlineData(Channel.Candles, "KRW-1INCH", "timeframe=240m", "240m")]
    public void A_wanted_stream_becomes_a_key(Channel channel, string symbol, string options, string variant)
    {
        Exchange.TryParseStream(UpbitExchange.Spot, Request(channel, symbol, options), out var key, out var fault)
            .ShouldBeTrue(fault);
        key.ShouldBe(new StreamKey(UpbitExchange.Spot, channel, symbol, variant));
    }

    [Theory]
    [InlineData(Channel.Trades, "krw-btc", "", "did you mean 'KRW-BTC'?")]
    [InlineData(Channel.Trades, "BTC-KRW", "", "did you mean 'KRW-BTC'?")]
    [InlineData(Channel.Trades, "BTC/USDT", "", "did you mean 'USDT-BTC'?")]
    [InlineData(Channel.Trades, "ETH-BTC", "", "did you mean 'BTC-ETH'?")]
    [InlineData(Channel.Trades, "KRWBTC", "", "write KRW-BTC (quote first)")]
    [InlineData(Channel.Trades, "", "", "write KRW-BTC")]
    [InlineData(Channel.Trades, "KRW-BTC.15", "", "write KRW-BTC")]
    [InlineData(Channel.BookTicker, "KRW-BTC", "", "no channel book_ticker; it has ticker, trades, books, candles")]
    [InlineData(Channel.Candles, "KRW-BTC", "", "option timeframe is missing")]
    [InlineData(Channel.Candles, "KRW-BTC", "timeframe=1h", "allowed: 1s, 1m")]
    [InlineData(Channel.Books, "KRW-BTC", "levels=15", "this channel has no options")]
    public void What_cannot_be_recorded_is_refused_with_what_would_be_right(
        Channel channel, string symbol, string options, string expected)
    {
        Exchange.TryParseStream(UpbitExchange.Spot, Request(channel, symbol, options), out var key, out var fault)
            .ShouldBeFalse();
        key.ShouldBeNull();
        fault.ShouldNotBeNull().ShouldContain(expected);
    }

    [Fact]
    public void Another_market_is_refused() =>
        Exchange.TryParseStream(new MarketId("upbit", "sg"), Request(Channel.Trades, "SGD-BTC", ""), out _, out _)
            .ShouldBeFalse();

    [Theory]
    [InlineData("KRW-BTC", "BTC-KRW")]
    [InlineData("BTC-ETH", "ETH-BTC")]
    [InlineData("USDT-BTC", "BTC-USDT")]
    public void Pairs_are_turned_round(string symbol, string pair) =>
        Exchange.PairOf(UpbitExchange.Spot, symbol).ShouldBe(pair);

    [Fact]
    public void Books_are_whole_and_trade_ids_only_unique()
    {
        Rules(Channel.Books).Sequence.ShouldBe(SequenceRule.EveryMessageIsWhole);
        Rules(Channel.Trades).Trades.ShouldBe(TradeIdRule.Unique);
    }

    static StreamRules Rules(Channel channel) => Exchange.RulesFor(new StreamKey(UpbitExchange.Spot, channel, "KRW-BTC"));

    static StreamRequest Request(Channel channel, string symbol, string options) => new(
        channel,
        symbol,
        options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('='))
            .ToDictionary(option => option[0], option => option[1]));
}
