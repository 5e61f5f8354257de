using System.Text;
using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Binance;
using Xunit;

namespace Ticklake.Tests.Exchanges.Binance;

public sealed class BinanceDecoderTests
{
    const string SlowDepth =
        """{"stream":"btcusdt@depth","data":{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":2,"b":[],"a":[]}}""";

    [Theory]
    [InlineData("combined")]
    [InlineData("raw")]
    [InlineData("answers")]
    [InlineData("odd")]
    [InlineData("escaped")]
    [InlineData("malformed")]
    public void It_writes_what_was_approved(string session) =>
        FixtureFrames.ShouldDecodeAsApproved(NewDecoder(), "Binance", session);

    [Fact]
    public void A_rest_snapshot_is_of_the_symbol_in_the_query()
    {
        var log = new EventLog();
        const string Body = """{"lastUpdateId":160,"bids":[["1","2"]],"asks":[["3","4"]]}""";
        Answer(log, "/api/v3/depth?symbol=BTCUSDT&limit=1000", 200, Body).ShouldBe(FrameVerdict.Decoded);
        log.Lines.ShouldBe(
        [
            "open 0 binance/spot/books/BTCUSDT chan=- sub=- prec=- freq=- len=-",
            "book 0 seq=160 time=- snapshot first=- last=160 prev=- batch=-",
            "  Bid 1 2 count=-1",
            "  Ask 3 4 count=-1",
        ]);
    }

    [Fact]
    public void The_symbol_of_a_snapshot_may_be_percent_encoded()
    {
        var log = new EventLog();
        Answer(log, "/api/v3/depth?limit=5&symbol=%E5%B8%81USDT", 200, """{"lastUpdateId":-1,"bids":[],"asks":[]}""")
            .ShouldBe(FrameVerdict.Decoded);
        log.Streams.ShouldHaveSingleItem().Symbol.ShouldBe("币USDT");
    }

    [Theory]
    [InlineData("/api/v3/depth?symbol=BTCUSDT", 429, FrameVerdict.Ignored)]
    [InlineData("/api/v3/depth?limit=5", 200, FrameVerdict.Ignored)]
    [InlineData("/api/v3/exchangeInfo", 200, FrameVerdict.Ignored)]
    [InlineData("/api/v3/ping", 200, FrameVerdict.Ignored)]
    [InlineData("/api/v3/depth?symbol=BTCUSDT", 200, FrameVerdict.Malformed)]
    public void Other_answers_bring_no_events(string path, int status, FrameVerdict expected)
    {
        var log = new EventLog();
        Answer(log, path, status, """{"code":-1121,"msg":"Invalid symbol."}""").ShouldBe(expected);
        log.Lines.ShouldBe(status == 200 ? [] : [$"notice Other stream=- request=- code={status} '{path}'"]);
    }

    [Fact]
    public void A_snapshot_goes_to_the_depth_streams_that_deliver_on_the_connection()
    {
        var decoder = NewDecoder();
        var log = new EventLog();
        decoder.Decode(Encoding.UTF8.GetBytes(SlowDepth), log);
        var restored = NewDecoder();
        foreach (var context in decoder.Context())
            restored.Restore(context, log);
        foreach (var either in new[] { decoder, restored })
        {
            log.Clear();
            either.DecodeAnswer(
                "/api/v3/depth?symbol=BTCUSDT"u8, 200, """{"lastUpdateId":1,"bids":[],"asks":[]}"""u8, log);
            log.Lines.ShouldHaveSingleItem();
            log.Streams.ShouldHaveSingleItem().Variant.ShouldBe("1000ms");
        }
    }

    [Fact]
    public void A_thousand_streams_are_kept_apart()
    {
        var decoder = NewDecoder();
        var log = new EventLog();
        for (var round = 0; round < 2; round++)
        {
            log.Clear();
            for (var i = 0; i < 1024; i++)
            {
                var frame = $$$"""
                    {"stream":"x{{{i}}}usdt@trade","data":{"t":{{{i}}},"p":"1","q":"1","T":1,"m":true}}
                    """;
                decoder.Decode(Encoding.UTF8.GetBytes(frame), log).ShouldBe(FrameVerdict.Decoded);
            }
        }

        log.Lines.Count.ShouldBe(1024);
        for (var i = 0; i < 1024; i++)
            log.Lines[i].ShouldStartWith($"trade {i} seq=- time=1000 id={i} ");
    }

    [Fact]
    public void A_malformed_first_frame_opens_no_stream()
    {
        var log = new EventLog();
        NewDecoder().Decode("""{"stream":"btcusdt@trade","data":{"t":1}}"""u8, log).ShouldBe(FrameVerdict.Malformed);
        log.Streams.ShouldBeEmpty();
    }

    static FrameVerdict Answer(EventLog log, string path, int status, string body) =>
        NewDecoder().DecodeAnswer(Encoding.UTF8.GetBytes(path), status, Encoding.UTF8.GetBytes(body), log);

    static IFrameDecoder NewDecoder() =>
        new BinanceExchange().CreateDecoder(BinanceExchange.Spot, DecoderOptions.Default);
}
