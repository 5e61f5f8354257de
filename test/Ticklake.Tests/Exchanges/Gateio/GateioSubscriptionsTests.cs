using System.Text;
using Shouldly;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Gateio;
using Xunit;

namespace Ticklake.Tests.Exchanges.Gateio;

public sealed class GateioSubscriptionsTests
{
    static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_791_365_004);

    [Theory]
    [InlineData(Channel.BookTicker, "", "spot.book_ticker", """["BTC_USDT"]""")]
    [InlineData(Channel.Trades, "", "spot.trades", """["BTC_USDT"]""")]
    [InlineData(Channel.Ticker, "", "spot.tickers", """["BTC_USDT"]""")]
    [InlineData(Channel.Candles, "1m", "spot.candlesticks", """["1m","BTC_USDT"]""")]
    [InlineData(Channel.Books, "", "spot.obu", """["ob.BTC_USDT.400"]""")]
    [InlineData(Channel.Books, "50", "spot.obu", """["ob.BTC_USDT.50"]""")]
    [InlineData(Channel.Books, "100", "spot.order_book_update", """["BTC_USDT","100ms"]""")]
    [InlineData(Channel.Books, "20", "spot.order_book_update", """["BTC_USDT","20ms"]""")]
    [InlineData(Channel.DepthSnapshots, "50", "spot.order_book", """["BTC_USDT","50","100ms"]""")]
    public void A_stream_is_asked_for_as_its_channel_wants(Channel channel, string variant, string name, string payload)
    {
        var request = New().Subscribe([Key(channel, variant)]).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(request.Frame).ShouldBe(
            $$"""{"time":1791365004,"id":1,"channel":"{{name}}","event":"subscribe","payload":{{payload}}}""");
    }

    [Fact]
    public void Each_stream_has_a_message_and_an_id_of_its_own()
    {
        var subscriptions = New();
        StreamKey[] streams = [Key(Channel.Trades), Key(Channel.Ticker)];
        var requests = subscriptions.Subscribe(streams);
        requests.Select(request => request.RequestId).ShouldBe(["1", "2"]);
        requests.SelectMany(request => request.Streams).ShouldBe(streams);
        subscriptions.On(new(NoticeKind.Subscribed) { RequestId = "2" }).Acknowledged.ShouldBe([streams[1]]);
        subscriptions.On(new(NoticeKind.Subscribed) { RequestId = "2" }).ShouldBe(NoticeOutcome.Nothing);
    }

    [Theory]
    [InlineData(2, "unknown currency pair NOPE_USDT", "refused")]
    [InlineData(2, "Alert sub ob.BTC_USDT.400", "acknowledged")]
    [InlineData(3, "internal error", "retry")]
    [InlineData(1, "request message need json scheme", "refused")]
    public void A_refusal_says_what_to_do(long code, string text, string expected)
    {
        var subscriptions = New();
        StreamKey[] streams = [Key(Channel.Books)];
        subscriptions.Subscribe(streams);
        var outcome = subscriptions.On(new(NoticeKind.Refused) { RequestId = "1", Code = code, Text = text });
        outcome.Acknowledged.ShouldBe(expected == "acknowledged" ? streams : []);
        outcome.Retry.ShouldBe(expected == "retry" ? streams : []);
        outcome.Refused.ShouldBe(expected == "refused" ? streams : []);
    }

    [Fact]
    public void A_goodbye_names_the_same_payload_and_its_answer_acknowledges_nothing()
    {
        var subscriptions = New();
        var request = subscriptions.Unsubscribe([Key(Channel.Books)]).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(request.Frame).ShouldBe(
            """{"time":1791365004,"id":1,"channel":"spot.obu","event":"unsubscribe","payload":["ob.BTC_USDT.400"]}""");
        var outcome = subscriptions.On(new(NoticeKind.Unsubscribed) { RequestId = "1" });
        outcome.Acknowledged.ShouldBeEmpty();
        outcome.Left.ShouldBe(request.Streams);
    }

    [Fact]
    public void A_refused_goodbye_leaves_nothing()
    {
        var subscriptions = New();
        subscriptions.Unsubscribe([Key(Channel.Books)]);
        subscriptions.On(new(NoticeKind.Refused) { RequestId = "1", Code = 2 }).ShouldBe(NoticeOutcome.Nothing);
    }

    [Fact]
    public void An_announced_upgrade_means_to_reconnect() =>
        New().On(new(NoticeKind.ServerRestarting)).Action.ShouldBe(SessionAction.Reconnect);

    [Fact]
    public void An_answer_without_an_id_settles_nothing() =>
        New().On(new(NoticeKind.Subscribed)).ShouldBe(NoticeOutcome.Nothing);

    [Fact]
    public void Only_the_older_feed_needs_a_book_by_rest_as_deep_as_it_keeps_it()
    {
        New().SnapshotFor(Key(Channel.Books)).ShouldBeNull();
        New().SnapshotFor(Key(Channel.Books, "50")).ShouldBeNull();
        New().SnapshotFor(Key(Channel.DepthSnapshots, "20")).ShouldBeNull();
        New().SnapshotFor(Key(Channel.Books, "100")).ShouldBe(
            new RestRequest("/api/v4/spot/order_book?currency_pair=BTC_USDT&limit=100&with_id=true", 1));
        New().SnapshotFor(Key(Channel.Books, "20"))!.PathAndQuery.ShouldContain("&limit=20&");
    }

    [Fact]
    public void It_pings_whether_frames_come_or_not()
    {
        var probe = New().Probe.ShouldNotBeNull();
        Encoding.UTF8.GetString(probe.Frame(Now)).ShouldBe("""{"time":1791365004,"channel":"spot.ping"}""");
        probe.IsOnlyForSilence.ShouldBeFalse();
        (probe.Period * 2).ShouldBeLessThanOrEqualTo(new GateioExchange().LimitsOf(GateioExchange.Spot).SocketTimeout);
    }

    [Fact]
    public void It_is_ready_at_once_on_the_path_with_its_last_slash()
    {
        New().IsReady.ShouldBeTrue();
        New().Hello().ShouldBeEmpty();
        New().ConnectPath.ShouldBe("/ws/v4/");
    }

    static StreamKey Key(Channel channel, string variant = "") => new(GateioExchange.Spot, channel, "BTC_USDT", variant);

    static ISubscriptions New()
    {
        var clock = new ManualTimeProvider(Now);
        return new GateioExchange().CreateSubscriptions(GateioExchange.Spot, "", new SessionOptions { Clock = clock });
    }
}
