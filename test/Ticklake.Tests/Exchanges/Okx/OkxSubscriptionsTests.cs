using System.Text;
using Shouldly;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Okx;
using Xunit;

namespace Ticklake.Tests.Exchanges.Okx;

public sealed class OkxSubscriptionsTests
{
    static readonly StreamKey Books = new(OkxExchange.Spot, Channel.Books, "BTC-USDT");
    static readonly StreamKey Trades = new(OkxExchange.Spot, Channel.Trades, "BTC-USDT");
    static readonly StreamKey Nope = new(OkxExchange.Spot, Channel.Books, "NOPE-USDT");

    readonly ISubscriptions _subscriptions =
        new OkxExchange().CreateSubscriptions(OkxExchange.Spot, "public", new SessionOptions());

    [Theory]
    [InlineData(Channel.Books, "", "books")]
    [InlineData(Channel.DepthSnapshots, "", "books5")]
    [InlineData(Channel.BookTicker, "", "bbo-tbt")]
    [InlineData(Channel.Trades, "", "trades")]
    [InlineData(Channel.Trades, "all", "trades-all")]
    [InlineData(Channel.Ticker, "", "tickers")]
    [InlineData(Channel.Candles, "1M", "candle1M")]
    public void Streams_have_channel_names(Channel channel, string variant, string name)
    {
        var stream = new StreamKey(OkxExchange.Spot, channel, "BTC-USDT", variant);
        var request = _subscriptions.Subscribe([stream]).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(request.Frame).ShouldBe(
            $$"""{"id":"r1","op":"subscribe","args":[{"channel":"{{name}}","instId":"BTC-USDT"}]}""");
    }

    [Fact]
    public void A_hundred_arguments_go_into_a_frame()
    {
        var streams = Enumerable.Range(0, 201).Select(i => Trades with { Symbol = $"X{i}-USDT" }).ToArray();
        var requests = _subscriptions.Subscribe(streams);
        requests.Select(request => request.Streams.Count).ShouldBe([100, 100, 1]);
        requests.ShouldAllBe(request => request.Frame.Length < 64 * 1024);
    }

    [Fact]
    public void Each_argument_is_acknowledged_by_itself()
    {
        _subscriptions.Subscribe([Books, Trades]);
        _subscriptions.On(new(NoticeKind.Subscribed) { StreamKey = Trades, RequestId = "r1" }).Acknowledged.ShouldBe([Trades]);
        _subscriptions.On(new(NoticeKind.Subscribed) { StreamKey = Books, RequestId = "r1" }).Acknowledged.ShouldBe([Books]);
    }

    [Theory]
    [InlineData("r1")]
    [InlineData(null)]
    public void An_error_is_about_the_argument_that_its_text_names(string? id)
    {
        _subscriptions.Subscribe([Books, Nope, Trades]);
        var outcome = _subscriptions.On(new(NoticeKind.Refused)
        {
            RequestId = id,
            Code = 60018,
            Text = "Wrong URL or channel:books,instId:NOPE-USDT doesn't exist. Please use the correct URL.",
        });
        outcome.Refused.ShouldBe([Nope]);
        outcome.Retry.ShouldBeEmpty();
    }

    [Fact]
    public void After_an_error_that_names_nothing_each_unanswered_stream_is_asked_for_alone()
    {
        _subscriptions.Subscribe([Books, Nope, Trades]);
        _subscriptions.On(new(NoticeKind.Subscribed) { StreamKey = Trades, RequestId = "r1" });
        var outcome = _subscriptions.On(new(NoticeKind.Refused) { RequestId = "r1", Code = 60012, Text = "Invalid request" });
        outcome.Retry.ShouldBe([Books, Nope]);
        var requests = _subscriptions.Subscribe([Books, Nope]);
        requests.Select(request => request.RequestId).ShouldBe(["r2", "r3"]);
        _subscriptions.On(new(NoticeKind.Refused) { RequestId = "r3", Code = 60012, Text = "Invalid request" }).Refused
            .ShouldBe([Nope]);
    }

    [Theory]
    [InlineData(60014)]
    [InlineData(64007)]
    [InlineData(63999)]
    public void What_is_refused_for_a_moment_is_asked_for_again(long code)
    {
        _subscriptions.Subscribe([Books]);
        var outcome = _subscriptions.On(new(NoticeKind.Refused) { RequestId = "r1", Code = code, Text = "Requests too frequent" });
        outcome.Retry.ShouldBe([Books]);
        outcome.Refused.ShouldBeEmpty();
    }

    [Fact]
    public void A_stream_that_the_server_gives_back_by_itself_is_asked_for_again()
    {
        _subscriptions.Subscribe([Books]);
        _subscriptions.On(new(NoticeKind.Unsubscribed) { StreamKey = Books }).Retry.ShouldBe([Books]);
        var request = _subscriptions.Unsubscribe([Books]).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(request.Frame).ShouldBe(
            """{"id":"r2","op":"unsubscribe","args":[{"channel":"books","instId":"BTC-USDT"}]}""");
        var left = _subscriptions.On(new(NoticeKind.Unsubscribed) { StreamKey = Books });
        left.Left.ShouldBe([Books]);
        left.Retry.ShouldBeEmpty();
    }

    [Fact]
    public void A_service_upgrade_means_to_reconnect() =>
        _subscriptions.On(new(NoticeKind.ServerRestarting)).Action.ShouldBe(SessionAction.Reconnect);

    /// <summary>480 requests an hour and connection; 60014 is what comes after.</summary>
    [Fact]
    public void A_connection_that_has_used_its_requests_is_replaced()
    {
        for (var i = 0; i < 439; i++)
            _subscriptions.Subscribe([Books]);
        _subscriptions.On(new(NoticeKind.Pong)).Action.ShouldBe(SessionAction.Continue);
        _subscriptions.Subscribe([Books]);
        _subscriptions.On(new(NoticeKind.Pong)).Action.ShouldBe(SessionAction.Reconnect);
    }

    [Fact]
    public void Each_door_has_its_path_and_books_need_no_rest()
    {
        _subscriptions.ConnectPath.ShouldBe("/public");
        new OkxExchange().CreateSubscriptions(OkxExchange.Swap, "business", new SessionOptions()).ConnectPath
            .ShouldBe("/business");
        _subscriptions.IsReady.ShouldBeTrue();
        _subscriptions.Hello().ShouldBeEmpty();
        _subscriptions.SnapshotFor(Books).ShouldBeNull();
        new OkxSubscriptions("public").Probe.Frame(default).ShouldBe("ping"u8.ToArray());
        OkxSubscriptions.ProbePeriod.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }
}
