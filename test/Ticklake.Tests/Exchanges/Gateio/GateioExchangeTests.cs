using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Gateio;
using Xunit;

namespace Ticklake.Tests.Exchanges.Gateio;

public sealed class GateioExchangeTests
{
    static readonly GateioExchange Exchange = new();

    [Theory]
    [InlineData(Channel.Trades, "BTC_USDT", "", "")]
    [InlineData(Channel.Books, "BTC_USDT", "", "")]
    [InlineData(Channel.Books, "BTC_USDT", "levels=400", "")]
    [InlineData(Channel.Books, "BTC_USDT", "levels=50", "50")]
    [InlineData(Channel.Books, "BTC_USDT", "levels=100", "100")]
    [InlineData(Channel.Books, "BTC_USDT", "levels=20", "20")]
    [InlineData(Channel.DepthSnapshots, "BTC_USDT", "", "20")]
    [InlineData(Channel.DepthSnapshots, "BTC_USDT", "levels=100", "100")]
    [InlineData(Channel.Candles, "BTC_USDT", "timeframe=30d", "30d")]
    [InlineData(Channel.BookTicker, "X.Y_USDT", "", "")]
    [InlineData(Channel.Ticker, "BTC3L_USDT", "", "")]
    public void A_wanted_stream_becomes_a_key(Channel channel, string symbol, string options, string variant)
    {
        Exchange.TryParseStream(GateioExchange.Spot, Request(channel, symbol, options), out var key, out var fault)
            .ShouldBeTrue(fault);
        key.ShouldBe(new StreamKey(GateioExchange.Spot, channel, symbol, variant));
    }

    [Theory]
    [InlineData(Channel.Trades, "btc_usdt", "", "did you mean 'BTC_USDT'?")]
    [InlineData(Channel.Trades, "BTC-USDT", "", "did you mean 'BTC_USDT'?")]
    [InlineData(Channel.Trades, "BTC/USDT", "", "did you mean 'BTC_USDT'?")]
    [InlineData(Channel.Trades, "BTCUSDT", "", "write BTC_USDT")]
    [InlineData(Channel.Trades, "_USDT", "", "write BTC_USDT")]
    [InlineData(Channel.Trades, "", "", "write BTC_USDT")]
    [InlineData(Channel.RawBooks, "BTC_USDT", "", "no channel raw_books")]
    [InlineData(Channel.Books, "BTC_USDT", "levels=7", "allowed: 400, 50, 100, 20")]
    [InlineData(Channel.DepthSnapshots, "BTC_USDT", "levels=400", "allowed: 20, 5, 10, 50, 100")]
    [InlineData(Channel.Candles, "BTC_USDT", "", "option timeframe is missing")]
    [InlineData(Channel.Candles, "BTC_USDT", "timeframe=1s", "allowed: 10s, 30s")]
    [InlineData(Channel.Ticker, "BTC_USDT", "len=25", "this channel has no options")]
    public void What_cannot_be_recorded_is_refused_with_what_would_be_right(
        Channel channel, string symbol, string options, string expected)
    {
        Exchange.TryParseStream(GateioExchange.Spot, Request(channel, symbol, options), out var key, out var fault)
            .ShouldBeFalse();
        key.ShouldBeNull();
        fault.ShouldNotBeNull().ShouldContain(expected);
    }

    [Fact]
    public void Another_market_is_refused() =>
        Exchange.TryParseStream(new MarketId("gateio", "usdm"), Request(Channel.Trades, "BTC_USDT", ""), out _, out _)
            .ShouldBeFalse();

    [Theory]
    [InlineData("BTC_USDT", "BTC-USDT")]
    [InlineData("X.Y_USDT", "X.Y-USDT")]
    [InlineData("BTC5L_USDT", "BTC5L-USDT")]
    public void Pairs_split_at_the_underscore(string symbol, string pair) =>
        Exchange.PairOf(GateioExchange.Spot, symbol).ShouldBe(pair);

    [Fact]
    public void Books_of_version_two_chain_in_band_and_older_ones_bridge_from_rest()
    {
        foreach (var variant in new[] { "", "50" })
        {
            Rules(Channel.Books, variant).Sequence.ShouldBe(SequenceRule.ConsecutiveIdsInBand);
            Rules(Channel.Books, variant).KeptLevels.ShouldBeNull();
        }

        foreach (var (variant, kept) in new[] { ("100", 100), ("20", 20) })
        {
            Rules(Channel.Books, variant).Sequence.ShouldBe(SequenceRule.FirstDeltaSpansSnapshot);
            Rules(Channel.Books, variant).KeptLevels.ShouldBe(kept);
        }
    }

    [Fact]
    public void Trades_are_counted_beside_their_ids() =>
        Rules(Channel.Trades, "").Trades.ShouldBe(TradeIdRule.ConsecutiveSequence);

    static StreamRules Rules(Channel channel, string variant) =>
        Exchange.RulesFor(new StreamKey(GateioExchange.Spot, channel, "BTC_USDT", variant));

    static StreamRequest Request(Channel channel, string symbol, string options) => new(
        channel,
        symbol,
        options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('='))
            .ToDictionary(option => option[0], option => option[1]));
}
