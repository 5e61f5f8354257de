using System.Text;
using Shouldly;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Mexc;
using Xunit;

namespace Ticklake.Tests.Exchanges.Mexc;

public sealed class MexcSubscriptionsTests
{
    [Theory]
    [InlineData(Channel.Trades, "", "spot@public.aggre.deals.v3.api.pb@100ms@BTCUSDT")]
    [InlineData(Channel.Trades, "10ms", "spot@public.aggre.deals.v3.api.pb@10ms@BTCUSDT")]
    [InlineData(Channel.Books, "", "spot@public.aggre.depth.v3.api.pb@100ms@BTCUSDT")]
    [InlineData(Channel.BookTicker, "", "spot@public.aggre.bookTicker.v3.api.pb@100ms@BTCUSDT")]
    [InlineData(Channel.BookTicker, "batch", "spot@public.bookTicker.batch.v3.api.pb@BTCUSDT")]
    [InlineData(Channel.DepthSnapshots, "20", "spot@public.limit.depth.v3.api.pb@BTCUSDT@20")]
    [InlineData(Channel.Candles, "1h", "spot@public.kline.v3.api.pb@BTCUSDT@Min60")]
    [InlineData(Channel.Ticker, "", "spot@public.miniTicker.v3.api.pb@BTCUSDT@24H")]
    [InlineData(Channel.Ticker, "UTC+530", "spot@public.miniTicker.v3.api.pb@BTCUSDT@UTC+5:30")]
    public void Topics_have_the_speed_before_the_symbol_and_the_rest_behind_it(Channel channel, string variant, string topic)
    {
        var stream = new StreamKey(MexcExchange.Spot, channel, "BTCUSDT", variant);
        Text(New().Subscribe([stream]).ShouldHaveSingleItem())
            .ShouldBe($$"""{"method":"SUBSCRIPTION","params":["{{topic}}"],"id":1}""");
        MexcTopic.TryParse(topic, out _, out var parsed).ShouldBeTrue();
        parsed.ShouldBe(stream);
    }

    [Fact]
    public void Every_time_zone_has_a_variant_of_its_own() =>
        MexcTopic.Zones.Select(MexcTopic.VariantOfZone).ShouldBeUnique();

    [Fact]
    public void A_request_has_at_most_fifteen_topics_and_a_thousand_characters()
    {
        var short15 = New().Subscribe(Many(25));
        short15.Select(r => r.Streams.Count).ShouldBe([15, 10]);
        var names = New().Subscribe([.. Enumerable.Range(0, 20).Select(i => Trades($"龙虾龙虾龙虾龙虾龙虾{i}USDT"))]);
        names.ShouldAllBe(r => r.Frame.Length <= 1024);
        names.Sum(r => r.Streams.Count).ShouldBe(20);
        Text(names[0]).ShouldContain("龙虾");
    }

    [Fact]
    public void The_code_says_nothing_and_the_text_everything()
    {
        var subscriptions = New();
        subscriptions.Subscribe([Trades("BTCUSDT"), Trades("NOPEUSDT"), Trades("ETHUSDT")]);
        var first = subscriptions.On(Notice(NoticeKind.Refused, $"Not Subscribed successfully! [{Topic("NOPEUSDT")}].  Reason： Blocked! "));
        first.Refused.ShouldBe([Trades("NOPEUSDT")]);
        first.Acknowledged.ShouldBeEmpty();
        var second = subscriptions.On(Notice(NoticeKind.Subscribed, $"{Topic("BTCUSDT")},{Topic("ETHUSDT")}"));
        second.Acknowledged.ShouldBe([Trades("BTCUSDT"), Trades("ETHUSDT")]);
        subscriptions.On(Notice(NoticeKind.Subscribed, Topic("BTCUSDT"))).ShouldBe(NoticeOutcome.Nothing);
    }

    [Fact]
    public void One_answer_may_take_some_and_refuse_others()
    {
        var subscriptions = New();
        subscriptions.Subscribe([Trades("A1"), Trades("B1"), Trades("C1")]);
        var outcome = subscriptions.On(Notice(
            NoticeKind.Refused,
            $"Subscribed successful! [{Topic("A1")}]. Not Subscribed successfully! [{Topic("C1")}]. Reason： Blocked! "));
        outcome.Acknowledged.ShouldBe([Trades("A1")]);
        outcome.Refused.ShouldBe([Trades("C1")]);
    }

    [Fact]
    public void Another_code_than_0_refuses_the_whole_request()
    {
        var subscriptions = New();
        subscriptions.Subscribe([Trades("A1"), Trades("B1")]);
        subscriptions.On(Notice(NoticeKind.Refused, Topic("A1"), 1)).Refused.ShouldBe([Trades("A1"), Trades("B1")]);
    }

    [Fact]
    public void Thirty_topics_fit_a_connection_and_asking_again_costs_a_place()
    {
        var subscriptions = New();
        var streams = Many(25);
        subscriptions.Subscribe(streams).Sum(r => r.Streams.Count).ShouldBe(25);
        AcceptAll(subscriptions, streams);
        for (var again = 0; again < MexcSubscriptions.SpareTopics; again++)
        {
            subscriptions.Unsubscribe([streams[again]]).ShouldHaveSingleItem();
            subscriptions.Subscribe([streams[again]]).ShouldHaveSingleItem();
        }

        subscriptions.Unsubscribe([streams[9]]).ShouldBeEmpty("it could not be asked for again");
        subscriptions.Subscribe([streams[9]]).ShouldBeEmpty("it is held");
        var pong = new ServerNotice(NoticeKind.Pong) { Text = "PONG" };
        subscriptions.On(pong).Acknowledged.ShouldBe([streams[9]]);
        subscriptions.On(pong).Acknowledged.ShouldBeEmpty();
    }

    [Fact]
    public void A_refused_topic_takes_no_place()
    {
        var subscriptions = New();
        for (var i = 1; i <= 100; i++)
        {
            subscriptions.Subscribe([Trades("NOPEUSDT")]).ShouldHaveSingleItem();
            subscriptions.On(Notice(NoticeKind.Refused, $"Not Subscribed successfully! [{Topic("NOPEUSDT")}]", id: i));
        }
    }

    [Fact]
    public void A_connection_without_places_is_replaced_after_an_hour_of_pings()
    {
        var subscriptions = New();
        subscriptions.Subscribe(Many(30));
        subscriptions.Subscribe([Trades("ONEMORE")]).ShouldBeEmpty();
        var actions = Enumerable.Range(0, 240)
            .Select(_ => subscriptions.On(new ServerNotice(NoticeKind.Pong) { Text = "PONG" }).Action).ToList();
        actions.Take(239).ShouldAllBe(a => a == SessionAction.Continue);
        actions[^1].ShouldBe(SessionAction.Reconnect);
    }

    [Fact]
    public void It_pings_always_in_json()
    {
        var probe = New().Probe.ShouldNotBeNull();
        probe.Period.ShouldBe(TimeSpan.FromSeconds(15));
        probe.IsOnlyForSilence.ShouldBeFalse();
        Encoding.UTF8.GetString(probe.Frame(DateTimeOffset.UnixEpoch)).ShouldBe("""{"method":"PING"}""");
    }

    [Fact]
    public void An_answered_goodbye_lets_the_stream_be_asked_for_again()
    {
        var subscriptions = New();
        Text(subscriptions.Unsubscribe([Trades("BTCUSDT")]).ShouldHaveSingleItem())
            .ShouldBe($$"""{"method":"UNSUBSCRIPTION","params":["{{Topic("BTCUSDT")}}"],"id":1}""");
        subscriptions.On(Notice(NoticeKind.Unsubscribed, Topic("BTCUSDT"))).Left.ShouldBe([Trades("BTCUSDT")]);
    }

    [Fact]
    public void Only_books_need_a_snapshot_by_rest()
    {
        var books = new StreamKey(MexcExchange.Spot, Channel.Books, "龙虾USDT");
        New().SnapshotFor(books).ShouldBe(new RestRequest("/api/v3/depth?symbol=%E9%BE%99%E8%99%BEUSDT&limit=5000", 3));
        New().SnapshotFor(Trades("BTCUSDT")).ShouldBeNull();
    }

    [Fact]
    public void It_is_ready_at_once()
    {
        New().IsReady.ShouldBeTrue();
        New().Hello().ShouldBeEmpty();
        New().ConnectPath.ShouldBe("/ws");
    }

    static void AcceptAll(ISubscriptions subscriptions, StreamKey[] streams)
    {
        for (var id = 1; id <= 2; id++)
            subscriptions.On(Notice(NoticeKind.Subscribed, string.Join(',', streams.Select(MexcTopic.Of)), id: id));
    }

    static StreamKey[] Many(int count) => [.. Enumerable.Range(0, count).Select(i => Trades($"X{i}USDT"))];

    static ServerNotice Notice(NoticeKind kind, string text, long code = 0, int id = 1) =>
        new(kind) { RequestId = id.ToString(System.Globalization.CultureInfo.InvariantCulture), Code = code, Text = text };

    static string Topic(string symbol) => MexcTopic.Of(Trades(symbol));

    static string Text(SubscriptionRequest request) => Encoding.UTF8.GetString(request.Frame);

    static StreamKey Trades(string symbol) => new(MexcExchange.Spot, Channel.Trades, symbol);

    static ISubscriptions New() => new MexcExchange().CreateSubscriptions(MexcExchange.Spot, "", new SessionOptions());
}
