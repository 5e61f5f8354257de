using System.Text;
using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Binance;
using Xunit;

namespace Ticklake.Tests.Exchanges.Binance;

public sealed class BinanceFuturesDecoderTests
{
    const string Body = """{"lastUpdateId":160,"E":1790000000493,"T":1790000000490,"bids":[["1","2"]],"asks":[["3","4"]]}""";

    [Theory]
    [InlineData("usdm")]
    [InlineData("usdm-odd")]
    [InlineData("usdm-raw")]
    [InlineData("usdm-malformed")]
    [InlineData("usdm-unrecorded")]
    public void It_writes_what_was_approved(string session) =>
        FixtureFrames.ShouldDecodeAsApproved(NewDecoder(), "Binance", session);

    [Fact]
    public void A_fill_that_is_no_trade_takes_its_id_and_gives_no_row()
    {
        var decoder = NewDecoder();
        var log = new EventLog();
        foreach (var (id, origin) in new[] { (1, "MARKET"), (2, "INSURANCE_FUND"), (3, "ADL"), (4, "NA"), (5, "MARKET") })
        {
            var frame = $$$"""
                {"stream":"btcusdt@trade","data":{"e":"trade","E":1,"T":1,"s":"BTCUSDT","t":{{{id}}},"p":"1","q":"1","X":"{{{origin}}}","m":true}}
                """;
            decoder.Decode(Encoding.UTF8.GetBytes(frame), log).ShouldBe(FrameVerdict.Decoded);
        }

        log.Lines.Skip(1).Select(line => line.Split(' ')[0]).ShouldBe(["trade", "passed", "passed", "passed", "trade"]);
    }

    [Fact]
    public void A_rest_snapshot_has_the_time_of_the_engine()
    {
        var log = new EventLog();
        Answer(NewDecoder(), log, "/fapi/v1/depth?symbol=BTCUSDT&limit=1000", Body).ShouldBe(FrameVerdict.Decoded);
        log.Lines.ShouldBe(
        [
            "open 0 binance/usdm/books/BTCUSDT chan=- sub=- prec=- freq=- len=-",
            "book 0 seq=160 time=1790000000490000 snapshot first=- last=160 prev=- batch=-",
            "  Bid 1 2 count=-1",
            "  Ask 3 4 count=-1",
        ]);
    }

    [Theory]
    [InlineData("/api/v3/depth?symbol=BTCUSDT")]
    [InlineData("/dapi/v1/depth?symbol=BTCUSD_PERP")]
    [InlineData("/fapi/v1/depthx?symbol=BTCUSDT")]
    [InlineData("/fapi/v1/exchangeInfo")]
    public void Answers_of_other_paths_are_none_of_its_business(string path)
    {
        var log = new EventLog();
        Answer(NewDecoder(), log, path, Body).ShouldBe(FrameVerdict.Ignored);
        log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public void A_snapshot_goes_to_the_depth_stream_that_delivers()
    {
        var log = new EventLog();
        var decoder = NewDecoder();
        decoder.Decode(
            """{"stream":"btcusdt@depth@0ms","data":{"e":"depthUpdate","E":1,"T":1,"s":"BTCUSDT","U":3,"u":4,"pu":1,"b":[],"a":[]}}"""u8,
            log);
        Answer(decoder, log, "/fapi/v1/depth?symbol=BTCUSDT&limit=1000", Body);
        log.Streams.ShouldHaveSingleItem().Variant.ShouldBe("0ms");
        decoder.Context().ShouldHaveSingleItem();
    }

    [Fact]
    public void Coin_margined_recordings_are_read_as_a_market_of_their_own()
    {
        var log = new EventLog();
        var decoder = new BinanceExchange().CreateDecoder(BinanceExchange.CoinM, DecoderOptions.Default);
        decoder.Decode(
            """{"stream":"btcusd_perp@trade","data":{"e":"trade","E":1,"T":1,"s":"BTCUSD_PERP","t":7,"p":"61804.8","q":"4","X":"MARKET","m":false}}"""u8,
            log).ShouldBe(FrameVerdict.Decoded);
        decoder.Decode(
            """{"stream":"!markPrice@arr","data":[{"e":"markPriceUpdate","E":1,"s":"BTCUSDT","p":"1","st":1},{"e":"markPriceUpdate","E":1,"s":"ETHUSD_PERP","p":"2","P":"3","r":"0.1","T":1790006400000,"st":2}]}"""u8,
            log).ShouldBe(FrameVerdict.Decoded);
        Answer(decoder, log, "/dapi/v1/depth?symbol=BTCUSD_PERP&limit=1000", Body).ShouldBe(FrameVerdict.Decoded);
        log.Streams.Select(stream => stream.ToString()).ShouldBe(
        [
            "binance/coinm/trades_trade/BTCUSD_PERP", "binance/coinm/mark_price_3s/ETHUSD_PERP",
            "binance/coinm/books/BTCUSD_PERP",
        ]);
    }

    static FrameVerdict Answer(IFrameDecoder decoder, EventLog log, string path, string body) =>
        decoder.DecodeAnswer(Encoding.UTF8.GetBytes(path), 200, Encoding.UTF8.GetBytes(body), log);

    static IFrameDecoder NewDecoder() =>
        new BinanceExchange().CreateDecoder(BinanceExchange.UsdM, DecoderOptions.Default);
}
