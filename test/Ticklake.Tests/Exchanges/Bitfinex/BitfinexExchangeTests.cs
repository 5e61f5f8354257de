using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Bitfinex;
using Xunit;

namespace Ticklake.Tests.Exchanges.Bitfinex;

public sealed class BitfinexExchangeTests
{
    static readonly BitfinexExchange Exchange = new();

    [Theory]
    [InlineData(Channel.Books, "tBTCUSD", "", "")]
    [InlineData(Channel.Books, "tBTCUSD", "prec=P0 freq=F0 len=250", "")]
    [InlineData(Channel.Books, "tBTCUSD", "prec=P1", "P1")]
    [InlineData(Channel.Books, "tBTCUSD", "freq=F1", "F1")]
    [InlineData(Channel.Books, "tBTCUSD", "len=25", "len25")]
    [InlineData(Channel.Books, "tDUSK:USD", "prec=P1 len=100", "P1_len100")]
    [InlineData(Channel.RawBooks, "tBTCF0:USTF0", "", "")]
    [InlineData(Channel.RawBooks, "tBTCUSD", "len=100", "len100")]
    [InlineData(Channel.Candles, "t1INCH:UST", "timeframe=1M", "1M")]
    [InlineData(Channel.Ticker, "fUSD", "", "")]
    [InlineData(Channel.Trades, "tTESTBTC:TESTUSD", "", "")]
    public void A_wanted_stream_becomes_a_key(Channel channel, string symbol, string options, string variant)
    {
        Exchange.TryParseStream(BitfinexExchange.Market, Request(channel, symbol, options), out var key, out var fault)
            .ShouldBeTrue(fault);
        key.ShouldBe(new StreamKey(BitfinexExchange.Market, channel, symbol, variant));
    }

    [Theory]
    [InlineData(Channel.Trades, "BTCUSD", "", "did you mean 'tBTCUSD'?")]
    [InlineData(Channel.Trades, "tbtcusd", "", "did you mean 'tBTCUSD'?")]
    [InlineData(Channel.Trades, "BTC-USD", "", "did you mean 'tBTCUSD'?")]
    [InlineData(Channel.Trades, "tBTC:USD:X", "", "write tBTCUSD")]
    [InlineData(Channel.Trades, "tDUSK/USD", "", "did you mean 'tDUSK:USD'?")]
    [InlineData(Channel.Trades, "tDUSKUSD", "", "write tBTCUSD, tDUSK:USD or fUSD")]
    [InlineData(Channel.Trades, "", "", "write tBTCUSD")]
    [InlineData(Channel.Trades, "../../etc", "", "write tBTCUSD")]
    [InlineData(Channel.Trades, "fUSD", "", "only their ticker")]
    [InlineData(Channel.Books, "fUSD", "", "only their ticker")]
    [InlineData(Channel.BookTicker, "tBTCUSD", "", "no channel book_ticker")]
    [InlineData(Channel.Controls, "tBTCUSD", "", "no channel controls")]
    [InlineData(Channel.Books, "tBTCUSD", "prec=P5", "allowed: P0, P1, P2, P3, P4")]
    [InlineData(Channel.Books, "tBTCUSD", "prec=R0", "allowed: P0")]
    [InlineData(Channel.Books, "tBTCUSD", "len=50", "allowed: 1, 25, 100, 250")]
    [InlineData(Channel.Books, "tBTCUSD", "length=25", "option 'length' is unknown here; known: prec, freq, len")]
    [InlineData(Channel.RawBooks, "tBTCUSD", "prec=P1", "option 'prec' is unknown here; known: len")]
    [InlineData(Channel.Trades, "tBTCUSD", "len=25", "this channel has no options")]
    [InlineData(Channel.Candles, "tBTCUSD", "", "option timeframe is missing; allowed: 1m, 5m")]
    [InlineData(Channel.Candles, "tBTCUSD", "timeframe=2m", "allowed: 1m, 5m")]
    public void What_cannot_be_recorded_is_refused_with_what_would_be_right(
        Channel channel, string symbol, string options, string expected)
    {
        Exchange.TryParseStream(BitfinexExchange.Market, Request(channel, symbol, options), out var key, out var fault)
            .ShouldBeFalse();
        key.ShouldBeNull();
        fault.ShouldNotBeNull().ShouldContain(expected);
    }

    [Theory]
    [InlineData("tBTCUSD", "BTC-USD")]
    [InlineData("tDUSK:USD", "DUSK-USD")]
    [InlineData("tBTCUST", "BTC-USDT")]
    [InlineData("t1INCH:UST", "1INCH-USDT")]
    [InlineData("tBTCF0:USTF0", "BTCF0-USTF0")]
    [InlineData("fUSD", "USD")]
    [InlineData("tABCDEFG", "ABCDEFG")]
    public void Pairs_split_at_the_colon_or_in_the_middle_of_six(string symbol, string pair) =>
        Exchange.PairOf(BitfinexExchange.Market, symbol).ShouldBe(pair);

    [Theory]
    [InlineData(Channel.Books, "", 250, true, false)]
    [InlineData(Channel.Books, "P4_F1_len100", 100, true, false)]
    [InlineData(Channel.Books, "len1", 1, false, false)]
    [InlineData(Channel.RawBooks, "", 250, false, true)]
    [InlineData(Channel.RawBooks, "len25", 25, false, true)]
    [InlineData(Channel.Trades, "", null, false, false)]
    public void Rules_follow_the_form_of_the_book(
        Channel channel, string variant, int? levels, bool byPrice, bool byOrder)
    {
        var rules = Exchange.RulesFor(new StreamKey(BitfinexExchange.Market, channel, "tBTCUSD", variant));
        rules.Sequence.ShouldBe(SequenceRule.PerConnectionCounter);
        rules.MaxLevels.ShouldBe(levels);
        (rules.Checksum is not null).ShouldBe(byPrice);
        (rules.RawChecksum is not null).ShouldBe(byOrder);
        rules.DeletesNameKnownLevels.ShouldBe(channel == Channel.Books);
        rules.MayCross.ShouldBeTrue();
        rules.Trades.ShouldBe(TradeIdRule.Unique);
    }

    static StreamRequest Request(Channel channel, string symbol, string options) => new(
        channel,
        symbol,
        options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('='))
            .ToDictionary(option => option[0], option => option[1]));
}
