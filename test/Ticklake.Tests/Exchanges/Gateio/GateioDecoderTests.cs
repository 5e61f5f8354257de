using System.Text;
using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Gateio;
using Xunit;

namespace Ticklake.Tests.Exchanges.Gateio;

public sealed class GateioDecoderTests
{
    const string Book = "/api/v4/spot/order_book?currency_pair=BTC_USDT&limit=100&with_id=true";

    [Theory]
    [InlineData("update")]
    [InlineData("odd")]
    [InlineData("answers")]
    [InlineData("malformed")]
    public void It_writes_what_was_approved(string session) =>
        FixtureFrames.ShouldDecodeAsApproved(NewDecoder(), "Gateio", session);

    [Theory]
    [InlineData("100", "100")]
    [InlineData("20", "20")]
    [InlineData("1000", "100")]
    public void A_rest_book_is_of_the_pair_and_the_feed_that_the_query_names(string limit, string variant)
    {
        var log = new EventLog();
        const string Body =
            """{"id":160,"current":1791365004123,"update":1791365004120,"asks":[["3","4"]],"bids":[["1","2"]]}""";
        Answer(log, Book.Replace("limit=100", "limit=" + limit), 200, Body).ShouldBe(FrameVerdict.Decoded);
        log.Lines.ShouldBe(
        [
            $"open 0 gateio/spot/books_{variant}/BTC_USDT chan=- sub=- prec=- freq=- len=-",
            "book 0 seq=160 time=1791365004120000 snapshot first=- last=160 prev=- batch=-",
            "  Bid 1 2 count=-1",
            "  Ask 3 4 count=-1",
        ]);
    }

    [Theory]
    [InlineData(Book, 429, FrameVerdict.Ignored)]
    [InlineData("/api/v4/spot/order_book?currency_pair=BTC_USDT&limit=100", 200, FrameVerdict.Ignored)]
    [InlineData("/api/v4/spot/order_book?limit=100&with_id=true", 200, FrameVerdict.Ignored)]
    [InlineData("/api/v4/spot/order_book?currency_pair=nonsense&limit=100&with_id=true", 200, FrameVerdict.Malformed)]
    [InlineData("/api/v4/spot/time", 200, FrameVerdict.Ignored)]
    [InlineData(Book, 200, FrameVerdict.Malformed)]
    public void Other_answers_bring_no_events(string path, int status, FrameVerdict expected)
    {
        var log = new EventLog();
        Answer(log, path, status, """{"label":"INVALID_CURRENCY_PAIR","message":"Invalid currency pair"}""")
            .ShouldBe(expected);
        log.Lines.ShouldBe(status == 200 ? [] : [$"notice Other stream=- request=- code={status} '{path}'"]);
    }

    [Fact]
    public void A_malformed_first_frame_opens_no_stream()
    {
        var log = new EventLog();
        NewDecoder().Decode("""{"channel":"spot.obu","event":"update","result":{"s":"ob.BTC_USDT.400"}}"""u8, log)
            .ShouldBe(FrameVerdict.Malformed);
        log.Streams.ShouldBeEmpty();
    }

    [Fact]
    public void Many_pairs_are_kept_apart()
    {
        var decoder = NewDecoder();
        var log = new EventLog();
        for (var round = 0; round < 2; round++)
        {
            log.Clear();
            for (var i = 0; i < 500; i++)
            {
                decoder.Decode(
                    Encoding.UTF8.GetBytes(
                        $$$"""{"channel":"spot.obu","event":"update","result":{"s":"ob.X{{{i}}}_USDT.400","U":1,"u":{{{i + 1}}}}}"""),
                    log).ShouldBe(FrameVerdict.Decoded);
            }
        }

        log.Lines.Count.ShouldBe(500);
        for (var i = 0; i < 500; i++)
            log.Lines[i].ShouldStartWith($"book {i} seq={i + 1} ");
    }

    static FrameVerdict Answer(EventLog log, string path, int status, string body) =>
        NewDecoder().DecodeAnswer(Encoding.UTF8.GetBytes(path), status, Encoding.UTF8.GetBytes(body), log);

    static IFrameDecoder NewDecoder() =>
        new GateioExchange().CreateDecoder(GateioExchange.Spot, DecoderOptions.Default);
}
