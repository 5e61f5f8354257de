using System.Text;
using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Coinbase;
using Xunit;

namespace Ticklake.Tests.Exchanges.Coinbase;

public sealed class CoinbaseDecoderTests
{
    [Theory]
    [InlineData("advanced")]
    [InlineData("exchange")]
    [InlineData("odd")]
    [InlineData("malformed")]
    public void It_writes_what_was_approved(string session) =>
        FixtureFrames.ShouldDecodeAsApproved(NewDecoder(), "Coinbase", session);

    [Theory]
    [InlineData("""{"type":"match","trade_id":1,"side":"sell","size":"1","price":"2","product_id":"A-B","time":"2026-09-06T10:11:13Z"}""", "Buy")]
    [InlineData("""{"type":"match","trade_id":1,"side":"buy","size":"1","price":"2","product_id":"A-B","time":"2026-09-06T10:11:13Z"}""", "Sell")]
    [InlineData("""{"channel":"market_trades","sequence_num":0,"events":[{"type":"update","trades":[{"trade_id":"1","product_id":"A-B","price":"2","size":"1","side":"SELL","time":"2026-09-06T10:11:13Z"}]}]}""", "Buy")]
    [InlineData("""{"channel":"market_trades","sequence_num":0,"events":[{"type":"update","trades":[{"trade_id":"1","product_id":"A-B","price":"2","size":"1","side":"BUY","time":"2026-09-06T10:11:13Z"}]}]}""", "Sell")]
    public void The_makers_side_becomes_the_takers(string frame, string taker) =>
        Decode(frame).Lines.ShouldContain(line => line.StartsWith("trade ") && line.Contains($" {taker} Trade"));

    [Fact]
    public void A_connection_counts_from_zero()
    {
        var log = new EventLog();
        var decoder = NewDecoder();
        decoder.Decode(Heartbeat(0), log);
        decoder.Decode(Heartbeat(1), log);
        log.Lines.ShouldBe(["seq -1", "seq 0", "heartbeat -", "seq 1", "heartbeat -"], "-1 stands for what came before");
    }

    [Fact]
    public void A_journal_file_that_begins_in_the_middle_does_not_begin_the_count_anew()
    {
        var decoder = NewDecoder();
        decoder.Decode(Heartbeat(0), new EventLog());
        var restored = NewDecoder();
        foreach (var context in decoder.Context())
            restored.Restore(context, new EventLog());
        var log = new EventLog();
        restored.Decode(Heartbeat(500), log);
        log.Lines.ShouldBe(["seq 500", "heartbeat -"]);
    }

    [Fact]
    public void Nothing_of_a_repeated_frame_is_written()
    {
        var log = new EventLog();
        log.Repeated.Add(7);
        NewDecoder().Decode(
            Utf8("""{"channel":"l2_data","sequence_num":7,"events":[{"type":"update","product_id":"A-B","updates":[]}]}"""), log)
            .ShouldBe(FrameVerdict.Decoded);
        log.Lines.ShouldBe(["seq -1", "seq 7"]);
    }

    [Fact]
    public void A_stream_that_was_given_back_and_asked_for_again_is_opened_again()
    {
        const string Without = """{"type":"subscriptions","channels":[{"name":"heartbeat","product_ids":["BTC-USD"]}]}""";
        const string With = """{"type":"subscriptions","channels":[{"name":"matches","product_ids":["BTC-USD"]}]}""";
        var log = new EventLog();
        var decoder = NewDecoder();
        foreach (var frame in new[] { With, Without, With })
            decoder.Decode(Utf8(frame), log);
        log.Lines.Where(line => !line.StartsWith("open ")).ShouldBe(
        [
            "notice Subscribed stream=0 request=- code=0 'matches'",
            "notice Unsubscribed stream=0 request=- code=0 'matches'",
            "notice Subscribed stream=0 request=- code=0 'matches'",
        ]);
        log.Lines.Count(line => line.StartsWith("open 0 ")).ShouldBe(2);
    }

    [Fact]
    public void A_whole_book_of_five_megabytes_is_one_frame()
    {
        const int Levels = 23_000;
        var text = new StringBuilder("""{"channel":"l2_data","client_id":"","timestamp":"2026-09-06T10:11:13.3456Z","sequence_num":0,"events":[{"type":"snapshot","product_id":"BTC-USD","updates":[""");
        for (var i = 0; i < 2 * Levels; i++)
        {
            var side = i % 2 == 0 ? "bid" : "offer";
            text.Append(i == 0 ? "" : ",").Append("{\"side\":\"").Append(side)
                .Append("\",\"event_time\":\"1970-01-01T00:00:00Z\",\"price_level\":\"").Append(61_000 + i)
                .Append(".01\",\"new_quantity\":\"0.00000001\"}");
        }

        var counts = new LevelCount();
        NewDecoder().Decode(Utf8(text.Append("]}]}").ToString()), counts).ShouldBe(FrameVerdict.Decoded);
        counts.Bids.ShouldBe(Levels);
        counts.Asks.ShouldBe(Levels);
    }

    static byte[] Heartbeat(long number) =>
        Utf8($$"""{"channel":"heartbeats","sequence_num":{{number}},"events":[{"heartbeat_counter":{{number}}}]}""");

    static EventLog Decode(string frame)
    {
        var log = new EventLog();
        NewDecoder().Decode(Utf8(frame), log).ShouldBe(FrameVerdict.Decoded);
        return log;
    }

    static IFrameDecoder NewDecoder() =>
        new CoinbaseExchange().CreateDecoder(CoinbaseExchange.Spot, DecoderOptions.Default);

    static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
