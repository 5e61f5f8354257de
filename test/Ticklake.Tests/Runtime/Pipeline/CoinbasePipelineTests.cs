using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Pipeline;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>
/// What only Coinbase's two APIs show a pipeline: one counter for all channels, and words about the latest trade.
/// </summary>
public sealed class CoinbasePipelineTests
{
    [Fact]
    public void A_hole_in_the_counter_voids_every_book_of_the_connection()
    {
        var rig = new PipelineRig("coinbase").Receive(
            Acknowledged(0), Book(1, "snapshot", "BTC-USD"), Book(2, "snapshot", "ETH-USD"), Beat(3), Book(4, "update", "BTC-USD"),
            Beat(6));
        rig.Found.ShouldBe(["gap 6 books BTC-USD", "gap 6 books ETH-USD"]);
        rig.Pipeline.Feed.ReconnectReason.ShouldBe("sequence gap: expected 5, got 6");
        rig.States.Of(Books("BTC-USD")).BookStatus.ShouldBe(BookStatus.Doubted);
        rig.States.Of(Books("ETH-USD")).BookStatus.ShouldBe(BookStatus.Doubted);
    }

    [Fact]
    public void Errors_are_not_counted_and_a_repeated_frame_is_dropped()
    {
        var rig = new PipelineRig("coinbase").Receive(
            Book(0, "snapshot", "BTC-USD"), """{"type":"error","message":"authentication failure"}""",
            Book(1, "update", "BTC-USD"), Book(1, "update", "BTC-USD"), Beat(2));
        rig.Found.ShouldBe(["duplicate 4 books BTC-USD"]);
        rig.End().Lines(Channel.Books).ShouldBe([1, 3]);
    }

    [Fact]
    public void Frames_lost_before_the_first_one_are_noticed()
    {
        var rig = new PipelineRig("coinbase").Receive(Beat(1));
        rig.Pipeline.Feed.ReconnectReason.ShouldBe("sequence gap: expected 0, got 1");
    }

    [Fact]
    public void A_heartbeat_of_a_counted_connection_is_a_sign_of_life_of_every_stream()
    {
        var rig = new PipelineRig("coinbase").Receive(Book(0, "snapshot", "BTC-USD"), Beat(1));
        rig.Pipeline.Feed.ActivityOf(Books("BTC-USD")).LastHeartbeat.Value.ShouldBe(1_002_000_000);
    }

    [Fact]
    public void A_trade_that_a_heartbeat_named_and_that_has_not_come_by_the_next_was_lost()
    {
        var rig = new PipelineRig("coinbase").Receive(Match(10), Latest(12), Match(11), Match(12), Latest(13), Latest(15));
        rig.Found.ShouldBe(["gap 6 trades BTC-USD"]);
        (rig.Findings[0].FromSeq, rig.Findings[0].ToSeq).ShouldBe((13L, 13L));
        rig.Pipeline.Feed.Remedies.ShouldBe([(Trades, BookRemedy.Resubscribe)]);
        rig.Receive(Match(13), Match(14), Match(15), Latest(15));
        rig.Found.Skip(1).ShouldBe(["out_of_order 7 trades BTC-USD"], "what was declared lost came late; nothing else is missing");
    }

    [Fact]
    public void The_last_match_is_recorded_once_however_often_it_is_subscribed()
    {
        var rig = new PipelineRig("coinbase").Receive(
            Match(10, "last_match"), Match(11), Match(11, "last_match"), Match(12), Match(12, "last_match")).End();
        rig.Found.ShouldBeEmpty();
        rig.Lines(Channel.Trades).ShouldBe([1, 2, 4]);
    }

    [Fact]
    public void A_last_match_shows_what_was_missed_before_it()
    {
        var rig = new PipelineRig("coinbase").Receive(Match(10), Match(15, "last_match"));
        rig.Found.ShouldBe(["gap 2 trades BTC-USD"]);
    }

    [Fact]
    public void Books_begin_anew_with_a_new_subscription()
    {
        var rig = new PipelineRig("coinbase").Receive(
            Acknowledged(0), Book(1, "snapshot", "BTC-USD"),
            """{"channel":"subscriptions","sequence_num":2,"events":[{"subscriptions":{}}]}""");
        rig.Receive(Acknowledged(3));
        rig.States.Of(Books("BTC-USD")).BookStatus.ShouldBe(BookStatus.Empty);
        rig.Receive(Book(4, "snapshot", "BTC-USD"));
        rig.States.Of(Books("BTC-USD")).BookStatus.ShouldBe(BookStatus.Valid);
        rig.Found.ShouldBe(["disconnect 5 books BTC-USD"], "what happened between is not known");
    }

    static StreamKey Trades => new(new MarketId("coinbase", "spot"), Channel.Trades, "BTC-USD");

    static StreamKey Books(string symbol) => new(new MarketId("coinbase", "spot"), Channel.Books, symbol);

    static string Acknowledged(long number) =>
        $$$"""{"channel":"subscriptions","sequence_num":{{{number}}},"events":[{"subscriptions":{"level2":["BTC-USD","ETH-USD"]}}]}""";

    static string Book(long number, string type, string product) =>
        $$$"""{"channel":"l2_data","sequence_num":{{{number}}},"events":[{"type":"{{{type}}}","product_id":"{{{product}}}","updates":[{"side":"bid","event_time":"2026-09-06T10:11:13Z","price_level":"10","new_quantity":"1"}]}]}""";

    static string Beat(long number) =>
        $$$"""{"channel":"heartbeats","sequence_num":{{{number}}},"events":[{"heartbeat_counter":{{{number}}}}]}""";

    static string Match(long id, string type = "match") =>
        $$$"""{"type":"{{{type}}}","trade_id":{{{id}}},"side":"sell","size":"1","price":"2","product_id":"BTC-USD","sequence":1,"time":"2026-09-06T10:11:13Z"}""";

    static string Latest(long id) =>
        $$$"""{"type":"heartbeat","sequence":1,"last_trade_id":{{{id}}},"product_id":"BTC-USD","time":"2026-09-06T10:11:13Z"}""";
}
