using System.Text;
using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Binance;
using Xunit;

namespace Ticklake.Tests.Exchanges.Binance;

/// <summary>What USD-M has of its own: names, doors, options, limits and rules.</summary>
public sealed class BinanceFuturesTests
{
    static readonly BinanceExchange Exchange = new();

    [Theory]
    [InlineData(Channel.Trades, "", "btcusdt@aggTrade", "market")]
    [InlineData(Channel.Trades, "trade=agg", "btcusdt@aggTrade", "market")]
    [InlineData(Channel.Trades, "trade=trade", "btcusdt@trade", "public")]
    [InlineData(Channel.Books, "", "btcusdt@depth@100ms", "public")]
    [InlineData(Channel.Books, "speed=0ms", "btcusdt@depth@0ms", "public")]
    [InlineData(Channel.Books, "speed=250ms", "btcusdt@depth", "public")]
    [InlineData(Channel.Books, "speed=500ms", "btcusdt@depth@500ms", "public")]
    [InlineData(Channel.DepthSnapshots, "", "btcusdt@depth20@100ms", "public")]
    [InlineData(Channel.DepthSnapshots, "levels=5 speed=250ms", "btcusdt@depth5", "public")]
    [InlineData(Channel.DepthSnapshots, "levels=10 speed=500ms", "btcusdt@depth10@500ms", "public")]
    [InlineData(Channel.BookTicker, "", "btcusdt@bookTicker", "public")]
    [InlineData(Channel.Ticker, "", "btcusdt@ticker", "market")]
    [InlineData(Channel.Candles, "timeframe=1M", "btcusdt@kline_1M", "market")]
    [InlineData(Channel.MarkPrice, "", "btcusdt@markPrice@1s", "market")]
    [InlineData(Channel.MarkPrice, "speed=3s", "btcusdt@markPrice", "market")]
    [InlineData(Channel.Liquidations, "", "btcusdt@forceOrder", "market")]
    public void A_wanted_stream_has_a_lower_case_name_and_a_door(Channel channel, string options, string name, string door)
    {
        Exchange.TryParseStream(BinanceExchange.UsdM, Request(channel, "BTCUSDT", options), out var key, out var fault)
            .ShouldBeTrue(fault);
        Exchange.DoorOf(key!).ShouldBe(door);
        var subscriptions = Exchange.CreateSubscriptions(BinanceExchange.UsdM, door, new SessionOptions());
        subscriptions.ConnectPath.ShouldBe($"/{door}/stream");
        Encoding.UTF8.GetString(subscriptions.Subscribe([key!]).ShouldHaveSingleItem().Frame)
            .ShouldBe($$"""{"method":"SUBSCRIBE","params":["{{name}}"],"id":1}""");
        name.ShouldNotContain("@250ms");
    }

    [Theory]
    [InlineData(Channel.Books, "speed=1000ms", "allowed: 100ms, 0ms, 250ms, 500ms")]
    [InlineData(Channel.DepthSnapshots, "speed=0ms", "allowed: 100ms, 250ms, 500ms")]
    [InlineData(Channel.Candles, "timeframe=1s", "allowed: 1m")]
    [InlineData(Channel.MarkPrice, "speed=2s", "allowed: 1s, 3s")]
    [InlineData(Channel.Liquidations, "speed=1s", "this channel has no options")]
    [InlineData(Channel.RawBooks, "", "mark_price, liquidations")]
    public void What_cannot_be_recorded_is_refused_with_what_would_be_right(Channel channel, string options, string expected)
    {
        Exchange.TryParseStream(BinanceExchange.UsdM, Request(channel, "BTCUSDT", options), out _, out var fault).ShouldBeFalse();
        fault.ShouldNotBeNull().ShouldContain(expected);
    }

    [Theory]
    [InlineData("BTCUSDT_261225", null)]
    [InlineData("币安人生USDT", null)]
    [InlineData("btcusdt_261225", "did you mean 'BTCUSDT_261225'?")]
    [InlineData("BTC-USDT", "did you mean 'BTCUSDT'?")]
    public void Dated_contracts_have_an_ending(string symbol, string? expected)
    {
        Exchange.TryParseStream(BinanceExchange.UsdM, Request(Channel.Trades, symbol, ""), out _, out var fault)
            .ShouldBe(expected is null);
        if (expected is not null)
            fault.ShouldNotBeNull().ShouldContain(expected);
    }

    [Fact]
    public void Spot_has_neither_mark_prices_nor_liquidations()
    {
        foreach (var channel in new[] { Channel.MarkPrice, Channel.Liquidations })
        {
            Exchange.TryParseStream(BinanceExchange.Spot, Request(channel, "BTCUSDT", ""), out _, out var fault).ShouldBeFalse();
            fault.ShouldNotBeNull().ShouldContain($"no channel {channel.Name()}");
        }
    }

    [Theory]
    [InlineData("usdm", "BTCUSDT", "BTC-USDT")]
    [InlineData("usdm", "BTCUSDT_261225", "BTC-USDT")]
    [InlineData("usdm", "ETHUSDC", "ETH-USDC")]
    [InlineData("coinm", "BTCUSD_PERP", "BTC-USD")]
    [InlineData("coinm", "ADAUSD_261225", "ADA-USD")]
    public void A_future_has_the_pair_of_its_underlying(string market, string symbol, string pair) =>
        Exchange.PairOf(new MarketId("binance", market), symbol).ShouldBe(pair);

    [Fact]
    public void Limits_and_rules_are_those_of_futures()
    {
        var limits = Exchange.LimitsOf(BinanceExchange.UsdM);
        (limits.StreamsPerConnection, limits.Rest.Weight).ShouldBe((200, 2400));
        limits.MessageInterval.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(200), "five a second at most");
        var books = new StreamKey(BinanceExchange.UsdM, Channel.Books, "BTCUSDT");
        Exchange.RulesFor(books).Sequence.ShouldBe(SequenceRule.EachNamesPrevious);
        var subscriptions = Exchange.CreateSubscriptions(BinanceExchange.UsdM, "public", new SessionOptions());
        subscriptions.SnapshotFor(books).ShouldBe(new SnapshotRequest("/fapi/v1/depth?symbol=BTCUSDT&limit=1000", 20));
        foreach (var variant in new[] { "", "trade" })
        {
            Exchange.RulesFor(new StreamKey(BinanceExchange.UsdM, Channel.Trades, "BTCUSDT", variant))
                .Trades.ShouldBe(TradeIdRule.Consecutive);
        }
    }

    [Fact]
    public void The_instrument_list_says_what_is_perpetual()
    {
        var reader = Exchange.CreateInstrumentReader(BinanceExchange.UsdM).ShouldNotBeNull();
        reader.Next.ShouldBe(new SnapshotRequest("/fapi/v1/exchangeInfo", 1));
        reader.Take("""
            {"symbols":[
             {"symbol":"BTCUSDT","contractType":"PERPETUAL","baseAsset":"BTC","quoteAsset":"USDT","status":"TRADING","pricePrecision":7,
              "filters":[{"filterType":"PRICE_FILTER","tickSize":"0.10"},{"filterType":"LOT_SIZE","stepSize":"0.001"}],"permissionSets":["GRID"]},
             {"symbol":"BTCUSDT_261225","contractType":"CURRENT_QUARTER","baseAsset":"BTC","quoteAsset":"USDT","status":"SETTLING","filters":[]},
             {"symbol":"TSLAUSDT","contractType":"TRADIFI_PERPETUAL","baseAsset":"TSLA","quoteAsset":"USDT","status":"SOMETHING","filters":[]}]}
            """u8).ShouldBeNull();
        reader.Next.ShouldBeNull();
        reader.Instruments.Select(i => $"{i.Symbol} {i.Pair} {i.Kind} {i.Status}").ShouldBe(
        [
            "BTCUSDT BTC-USDT perpetual TRADING", "BTCUSDT_261225 BTC-USDT future SETTLING",
            "TSLAUSDT TSLA-USDT perpetual SOMETHING",
        ]);
        reader.Instruments[0].TickSize.ToString().ShouldStartWith("0.1");
        Exchange.CreateInstrumentReader(BinanceExchange.CoinM).ShouldBeNull();
    }

    static StreamRequest Request(Channel channel, string symbol, string options) => new(
        channel,
        symbol,
        options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('='))
            .ToDictionary(option => option[0], option => option[1]));
}
