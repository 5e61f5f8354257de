using System.Text;
using System.Text.Json;
using Shouldly;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Bybit;
using Xunit;

namespace Ticklake.Tests.Exchanges.Bybit;

public sealed class BybitSubscriptionsTests
{
    [Theory]
    [InlineData(Channel.Trades, "", "publicTrade.BTCUSDT")]
    [InlineData(Channel.Books, "", "orderbook.200.BTCUSDT")]
    [InlineData(Channel.Books, "50", "orderbook.50.BTCUSDT")]
    [InlineData(Channel.Books, "1000", "orderbook.1000.BTCUSDT")]
    [InlineData(Channel.BookTicker, "", "orderbook.1.BTCUSDT")]
    [InlineData(Channel.Ticker, "", "tickers.BTCUSDT")]
    [InlineData(Channel.Candles, "1m", "kline.1.BTCUSDT")]
    [InlineData(Channel.Candles, "2h", "kline.120.BTCUSDT")]
    [InlineData(Channel.Candles, "1M", "kline.M.BTCUSDT")]
    public void Streams_have_topics(Channel channel, string variant, string topic)
    {
        var request = New().Subscribe([new StreamKey(BybitExchange.Spot, channel, "BTCUSDT", variant)]).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(request.Frame).ShouldBe($$"""{"req_id":"s-1","op":"subscribe","args":["{{topic}}"]}""");
    }

    [Fact]
    public void At_most_ten_topics_go_into_a_request()
    {
        var streams = Many(21);
        var requests = New().Subscribe(streams);
        requests.Select(r => r.Streams.Count).ShouldBe([10, 10, 1]);
        requests.Select(r => r.RequestId).ShouldBe(["s-1", "s-2", "s-3"]);
        requests.SelectMany(r => r.Streams).ShouldBe(streams);
    }

    [Fact]
    public void A_full_connection_stays_within_the_characters_of_its_args()
    {
        const int MostCharacters = 21_000;
        var longest = new string('X', 30);
        BybitInstrumentsAllow(longest);
        var most = new BybitExchange().LimitsOf(BybitExchange.Linear).StreamsPerConnection;
        var streams = Enumerable.Repeat(new StreamKey(BybitExchange.Linear, Channel.Books, longest, "1000"), most);
        New().Subscribe([.. streams]).Sum(r => Args(r).Length).ShouldBeLessThan(MostCharacters);

        static void BybitInstrumentsAllow(string symbol)
        {
            var exchange = new BybitExchange();
            var none = new Dictionary<string, string>();
            exchange.TryParseStream(BybitExchange.Linear, new(Channel.Trades, symbol, none), out _, out _).ShouldBeTrue();
            exchange.TryParseStream(BybitExchange.Linear, new(Channel.Trades, symbol + "X", none), out _, out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void An_acknowledgement_is_about_the_request_of_its_id()
    {
        var subscriptions = New();
        var requests = subscriptions.Subscribe(Many(12));
        subscriptions.On(new(NoticeKind.Subscribed) { RequestId = "s-2" }).Acknowledged.ShouldBe(requests[1].Streams);
        subscriptions.On(new(NoticeKind.Subscribed) { RequestId = "s-1" }).Acknowledged.ShouldBe(requests[0].Streams);
        subscriptions.On(new(NoticeKind.Subscribed) { RequestId = "s-1" }).ShouldBe(NoticeOutcome.Nothing);
        subscriptions.On(new(NoticeKind.Subscribed)).ShouldBe(NoticeOutcome.Nothing);
        subscriptions.On(new(NoticeKind.Pong) { RequestId = "p-9" }).ShouldBe(NoticeOutcome.Nothing);
    }

    [Theory]
    [InlineData("error:handler not found,topic:publicTrade.X1USDT")]
    [InlineData("Invalid topic: publicTrade.X1USDT")]
    public void One_bad_topic_takes_the_others_down_and_they_are_asked_for_one_by_one(string text)
    {
        var subscriptions = New();
        StreamKey[] streams = Many(12)[1..];
        subscriptions.Subscribe(streams);
        var outcome = subscriptions.On(new(NoticeKind.Refused) { RequestId = "s-1", Text = text });
        outcome.Refused.ShouldBe([streams[0]], "X10USDT and X11USDT only begin so");
        outcome.AskAgain.ShouldBe(streams[1..10]);
        outcome.Acknowledged.ShouldBeEmpty();
        var again = subscriptions.Subscribe(streams);
        again.Select(r => r.Streams.Count).ShouldBe([.. Enumerable.Repeat(1, 11)]);
        subscriptions.On(new(NoticeKind.Subscribed) { RequestId = again[^1].RequestId });
        subscriptions.Subscribe(streams[8..]).Select(r => r.Streams.Count).ShouldBe([2, 1], "X9USDT is still suspect");
    }

    [Fact]
    public void Once_acknowledged_alone_a_stream_goes_with_others_again()
    {
        var subscriptions = New();
        StreamKey[] streams = Many(3);
        subscriptions.Subscribe(streams);
        subscriptions.On(new(NoticeKind.Refused) { RequestId = "s-1", Text = "error:handler not found,topic:publicTrade.X2USDT" });
        foreach (var request in subscriptions.Subscribe(streams[..2]))
            subscriptions.On(new(NoticeKind.Subscribed) { RequestId = request.RequestId }).Acknowledged.ShouldBe(request.Streams);
        subscriptions.Subscribe(streams).Select(r => r.Streams.Count).ShouldBe([2, 1]);
    }

    [Fact]
    public void Subscribed_already_is_subscribed()
    {
        var subscriptions = New();
        var streams = Many(3);
        subscriptions.Subscribe(streams);
        var outcome = subscriptions.On(
            new(NoticeKind.Refused) { RequestId = "s-1", Text = "error:already subscribed,topic:publicTrade.X1USDT" });
        outcome.Acknowledged.ShouldBe([streams[1]]);
        outcome.AskAgain.ShouldBe([streams[0], streams[2]]);
        outcome.Refused.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(1, 1)]
    public void A_failure_that_names_no_topic_is_of_a_stream_that_was_asked_for_alone(int count, int refused)
    {
        var subscriptions = New();
        subscriptions.Subscribe(Many(count));
        var outcome = subscriptions.On(new(NoticeKind.Refused) { RequestId = "s-1", Text = "error:too many args" });
        outcome.Refused.Count.ShouldBe(refused);
        outcome.AskAgain.Count.ShouldBe(count - refused);
    }

    [Theory]
    [InlineData(NoticeKind.Unsubscribed)]
    [InlineData(NoticeKind.Refused)]
    public void A_stream_that_was_given_back_may_be_asked_for_whatever_the_answer(NoticeKind answer)
    {
        var subscriptions = New();
        var request = subscriptions.Unsubscribe(Many(2)).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(request.Frame).ShouldBe(
            """{"req_id":"u-1","op":"unsubscribe","args":["publicTrade.X0USDT","publicTrade.X1USDT"]}""");
        subscriptions.On(new(answer) { RequestId = "u-1" }).Left.ShouldBe(request.Streams);
    }

    [Fact]
    public void It_pings_every_twenty_seconds_whatever_comes()
    {
        var probe = New().Probe.ShouldNotBeNull();
        (probe.Period, probe.IsOnlyForSilence).ShouldBe((TimeSpan.FromSeconds(20), false));
        Encoding.UTF8.GetString(probe.Frame(default)).ShouldBe("""{"req_id":"p-1","op":"ping"}""");
    }

    [Theory]
    [InlineData("spot", "/v5/public/spot")]
    [InlineData("linear", "/v5/public/linear")]
    public void The_path_alone_tells_the_market(string market, string path)
    {
        var subscriptions = new BybitExchange().CreateSubscriptions(new MarketId("bybit", market), "", new SessionOptions());
        subscriptions.ConnectPath.ShouldBe(path);
        subscriptions.IsReady.ShouldBeTrue();
        subscriptions.Hello().ShouldBeEmpty();
        subscriptions.SnapshotFor(new StreamKey(BybitExchange.Spot, Channel.Books, "BTCUSDT")).ShouldBeNull();
    }

    static string Args(SubscriptionRequest request)
    {
        using var json = JsonDocument.Parse(request.Frame);
        return json.RootElement.GetProperty("args").GetRawText();
    }

    static StreamKey[] Many(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new StreamKey(BybitExchange.Spot, Channel.Trades, $"X{i}USDT"))];

    static ISubscriptions New() =>
        new BybitExchange().CreateSubscriptions(BybitExchange.Spot, "", new SessionOptions());
}
