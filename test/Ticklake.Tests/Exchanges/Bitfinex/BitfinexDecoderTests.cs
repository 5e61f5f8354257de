using System.Text;
using Shouldly;
using Ticklake.Core.Events;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Bitfinex;
using Xunit;

namespace Ticklake.Tests.Exchanges.Bitfinex;

public sealed class BitfinexDecoderTests
{
    const string Book =
        """{"event":"subscribed","channel":"book","chanId":1,"symbol":"tBTCUSD","prec":"P0","freq":"F0","len":"250"}""";
    const string Trades = """{"event":"subscribed","channel":"trades","chanId":2,"symbol":"tBTCUSD"}""";

    [Theory]
    [InlineData("no-flags")]
    [InlineData("all-flags")]
    [InlineData("bulk")]
    [InlineData("events")]
    [InlineData("odd")]
    [InlineData("malformed")]
    public void It_writes_what_was_approved(string session) =>
        FixtureFrames.ShouldDecodeAsApproved(NewDecoder(), "Bitfinex", session);

    [Theory]
    [InlineData(98304, "[1,[5,1,2],41,1790000000001]", "seq=41 time=1790000000001000")]
    [InlineData(65536, "[1,[5,1,2],41]", "seq=41 time=-")]
    [InlineData(32768, "[1,[5,1,2],1790000000001]", "seq=- time=1790000000001000")]
    [InlineData(0, "[1,[5,1,2]]", "seq=- time=-")]
    [InlineData(98304, "[1,[5,1,2],41,1790000000001,7,8]", "seq=41 time=1790000000001000")]
    [InlineData(98304, "[1,[5,1,2]]", "seq=- time=-")]
    public void Flags_say_where_sequence_and_time_stand(long flags, string frame, string expected)
    {
        var decoder = NewDecoder(flags);
        var log = new EventLog();
        Decode(decoder, log, Book, "[1,[]]");
        log.Clear();
        Decode(decoder, log, frame);
        log.Lines.ShouldContain($"book 0 {expected} first=- last=- prev=- batch=-");
    }

    [Theory]
    [InlineData("""[2,"hb",41,1790000000001]""")]
    [InlineData("""[1,"cs",7,41,1790000000001]""")]
    [InlineData("""[404,"hb",41,1790000000001]""")]
    [InlineData("""[404,[1,2,3],41,1790000000001]""")]
    [InlineData("""[404,"cs",1,41,1790000000001]""")]
    [InlineData("""[2,"fte",[1],41,1790000000001]""")]
    [InlineData("""[1,null,41,1790000000001]""")]
    [InlineData("""[2,"te",[1,1790000000000,1,1],41,1790000000001]""")]
    public void Every_array_frame_counts_first_of_all(string frame)
    {
        var decoder = NewDecoder(98304);
        var log = new EventLog();
        Decode(decoder, log, Book, Trades);
        log.Clear();
        Decode(decoder, log, frame);
        log.Lines[0].ShouldBe("seq 41");
    }

    [Fact]
    public void A_repeated_frame_writes_nothing_and_changes_nothing()
    {
        var decoder = NewDecoder(98304);
        var log = new EventLog { Repeated = { 41 } };
        Decode(decoder, log, Book, Trades);
        log.Clear();
        Decode(decoder, log, "[1,[[5,1,2]],41,1]", "[2,\"te\",[1,1,1,1],41,1]", "[1,\"hb\",41,1]", "[1,\"cs\",1,41,1]");
        log.Lines.ShouldAllBe(line => line == "seq 41");
        log.Clear();
        Decode(decoder, log, "[1,[[6,1,2]],42,1]");
        log.Lines[1].ShouldContain("snapshot");
    }

    [Fact]
    public void Arriving_before_the_acknowledgement_a_frame_is_counted_but_not_recorded()
    {
        var decoder = NewDecoder(65536);
        var log = new EventLog();
        Decode(decoder, log, "[1,[5,1,2],1]");
        log.Lines.ShouldBe(["seq 1"]);
    }

    [Fact]
    public void A_stream_subscribed_anew_begins_with_a_snapshot_again()
    {
        var decoder = NewDecoder();
        var log = new EventLog();
        Decode(decoder, log, Book, "[1,[[5,1,2]]]", Book.Replace("\"chanId\":1", "\"chanId\":9"));
        log.Clear();
        Decode(decoder, log, "[1,[6,1,2]]", "[9,[[7,1,2]]]");
        log.Lines.Count.ShouldBe(2, "what still comes on the old channel is not wanted");
        log.Lines[0].ShouldBe("book 0 seq=- time=- snapshot first=- last=- prev=- batch=-");
    }

    [Fact]
    public void A_thousand_channels_are_kept_apart()
    {
        var decoder = NewDecoder();
        var log = new EventLog();
        for (var id = 1; id <= 1000; id++)
        {
            var frame = Trades.Replace("\"chanId\":2", $"\"chanId\":{id * 64}").Replace("BTCUSD", $"X{id}:USD");
            Decode(decoder, log, frame);
        }

        log.Clear();
        for (var id = 1; id <= 1000; id++)
            Decode(decoder, log, $"[{id * 64},\"te\",[{id},1790000000000,1,1]]");
        for (var id = 1; id <= 1000; id++)
            log.Lines[id - 1].ShouldStartWith($"trade {id - 1} ");
    }

    [Fact]
    public void Answers_of_the_rest_interface_are_ignored() =>
        NewDecoder().DecodeAnswer("/v2/book/tBTCUSD/P0"u8, 200, "[]"u8, new EventLog()).ShouldBe(FrameVerdict.Ignored);

    static IFrameDecoder NewDecoder(long? flags = null) =>
        new BitfinexExchange().CreateDecoder(BitfinexExchange.Market, new DecoderOptions(flags));

    static void Decode(IFrameDecoder decoder, IEventWriter log, params string[] frames)
    {
        foreach (var frame in frames)
            decoder.Decode(Encoding.UTF8.GetBytes(frame), log).ShouldNotBe(FrameVerdict.Malformed, frame);
    }
}
