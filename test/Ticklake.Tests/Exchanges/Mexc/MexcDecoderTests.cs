using System.Text;
using Google.Protobuf;
using Shouldly;
using Ticklake.Core.Events;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Mexc;
using Xunit;

namespace Ticklake.Tests.Exchanges.Mexc;

public sealed class MexcDecoderTests
{
    const string Path = "/api/v3/depth?symbol=BTCUSDT&limit=5000";

    const string FastDepth =
        """{"channel":"spot@public.aggre.depth.v3.api.pb@10ms@BTCUSDT","publicAggreDepths":{"fromVersion":"1","toVersion":"2"}}""";

    [Theory]
    [InlineData("pushes")]
    [InlineData("answers")]
    [InlineData("odd")]
    [InlineData("malformed")]
    public void It_writes_what_was_approved(string session) =>
        FixtureFrames.ShouldDecodeAsApproved(NewDecoder(), "Mexc", session, MexcFrames.Of);

    [Fact]
    public void Two_frames_run_together_are_refused_although_protobuf_would_merge_them()
    {
        var frame = MexcFrames.Of(FastDepth);
        byte[] both = [.. frame, .. frame];
        MexcFrames.IsWrapper(both).ShouldBeTrue();
        var log = new EventLog();
        NewDecoder().Decode(both, log).ShouldBe(FrameVerdict.Malformed);
        log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public void A_rest_snapshot_is_of_the_symbol_in_the_query_and_has_a_time()
    {
        var log = new EventLog();
        Answer(log, Path, 200, """{"lastUpdateId":81721676217,"bids":[["80535.80","1.2"]],"asks":[["80535.90","0.75"]],"timestamp":1791365004123}""")
            .ShouldBe(FrameVerdict.Decoded);
        log.Lines.ShouldBe(
        [
            "open 0 mexc/spot/books/BTCUSDT chan=- sub=- prec=- freq=- len=-",
            "book 0 seq=81721676217 time=1791365004123000 snapshot first=- last=81721676217 prev=- batch=-",
            "  Bid 80535.80 1.2 count=-1",
            "  Ask 80535.90 0.75 count=-1",
        ]);
    }

    [Fact]
    public void The_symbol_of_a_snapshot_may_be_percent_encoded()
    {
        var log = new EventLog();
        Answer(log, "/api/v3/depth?symbol=%E9%BE%99%E8%99%BEUSDT&limit=5000", 200, """{"lastUpdateId":1,"bids":[],"asks":[]}""")
            .ShouldBe(FrameVerdict.Decoded);
        log.Streams.ShouldHaveSingleItem().Symbol.ShouldBe("龙虾USDT");
    }

    [Theory]
    [InlineData(Path, 403, FrameVerdict.Ignored)]
    [InlineData("/api/v3/exchangeInfo", 200, FrameVerdict.Ignored)]
    [InlineData(Path, 200, FrameVerdict.Malformed)]
    public void An_error_is_no_snapshot_whatever_the_status(string path, int status, FrameVerdict expected)
    {
        var log = new EventLog();
        Answer(log, path, status, """{"code":429,"msg":"Too Many Requests"}""").ShouldBe(expected);
        log.Lines.ShouldBe(status == 200 ? [] : [$"notice Other stream=- request=- code={status} '{path}'"]);
    }

    [Fact]
    public void A_snapshot_goes_to_the_depth_streams_that_deliver_also_after_a_rotation()
    {
        var decoder = NewDecoder();
        var log = new EventLog();
        decoder.Decode(MexcFrames.Of(FastDepth), log);
        var restored = NewDecoder();
        foreach (var context in decoder.Context())
            restored.Restore(context, log);
        foreach (var either in new[] { decoder, restored })
        {
            log.Clear();
            either.DecodeAnswer(Encoding.UTF8.GetBytes(Path), 200, """{"lastUpdateId":1,"bids":[],"asks":[]}"""u8, log);
            log.Lines.ShouldHaveSingleItem();
            log.Streams.ShouldHaveSingleItem().Variant.ShouldBe("10ms");
        }
    }

    [Fact]
    public void A_repeated_quote_is_a_sign_of_life_also_after_a_rotation()
    {
        var frame = Quote("10ms", sent: 1);
        var decoder = NewDecoder();
        decoder.Decode(frame, new EventLog());
        var restored = NewDecoder();
        foreach (var context in decoder.Context())
            restored.Restore(context, new EventLog());
        foreach (var either in new[] { decoder, restored })
        {
            var log = new EventLog();
            either.Decode(Quote("10ms", sent: 2), log).ShouldBe(FrameVerdict.Decoded);
            log.Lines.ShouldBe(["heartbeat 0"]);
        }
    }

    [Fact]
    public void Garbage_is_no_context() =>
        Should.NotThrow(() =>
        {
            foreach (var text in new[] { "", "{", "[]", "{\"topic\":1}", "{\"topic\":\"x\"}",
                "{\"topic\":\"spot@public.aggre.bookTicker.v3.api.pb@10ms@BTCUSDT\",\"quote\":\"%\"}" })
                NewDecoder().Restore(new DecoderContext(Encoding.UTF8.GetBytes(text), HasData: true), new EventLog());
        });

    [Fact]
    public void An_answer_to_a_goodbye_is_told_from_one_to_a_request()
    {
        var decoder = NewDecoder();
        decoder.Sent("""{"method":"UNSUBSCRIPTION","params":["a"],"id":7}"""u8);
        decoder.Sent("""{"method":"PING"}"""u8);
        var log = new EventLog();
        decoder.Decode("""{"id":7,"code":0,"msg":"a"}"""u8, log);
        decoder.Decode("""{"id":8,"code":0,"msg":"a"}"""u8, log);
        log.Notices.Select(n => n.Kind).ShouldBe([NoticeKind.Unsubscribed, NoticeKind.Subscribed]);
    }

    static byte[] Quote(string speed, long sent) => new PushWrapper
    {
        Channel = $"spot@public.aggre.bookTicker.v3.api.pb@{speed}@BTCUSDT",
        SendTime = sent,
        PublicAggreBookTicker = new Quote { BidPrice = "1", BidQuantity = "2", AskPrice = "3", AskQuantity = "4", Version = "5" },
    }.ToByteArray();

    static FrameVerdict Answer(EventLog log, string path, int status, string body) =>
        NewDecoder().DecodeAnswer(Encoding.UTF8.GetBytes(path), status, Encoding.UTF8.GetBytes(body), log);

    static IFrameDecoder NewDecoder() => new MexcExchange().CreateDecoder(MexcExchange.Spot, DecoderOptions.Default);
}
