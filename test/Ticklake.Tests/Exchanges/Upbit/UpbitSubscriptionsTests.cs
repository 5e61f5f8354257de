using System.Text;
using Shouldly;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Upbit;
using Xunit;

namespace Ticklake.Tests.Exchanges.Upbit;

public sealed class UpbitSubscriptionsTests
{
    [Fact]
    public void One_request_names_everything_wanted_so_far()
    {
        var subscriptions = New();
        Text(subscriptions.Subscribe([Key(Channel.Books), Key(Channel.Trades), Key(Channel.Books, "KRW-ETH")])).ShouldBe(
            """[{"ticket":"ticklake-1"},{"type":"orderbook","codes":["KRW-BTC","KRW-ETH"]},{"type":"trade","codes":["KRW-BTC"]},{"format":"DEFAULT"}]""");
        var second = subscriptions.Subscribe([Key(Channel.Ticker), Key(Channel.Candles, variant: "1m")]);
        Text(second).ShouldBe(
            """[{"ticket":"ticklake-2"},{"type":"orderbook","codes":["KRW-BTC","KRW-ETH"]},{"type":"trade","codes":["KRW-BTC"]},{"type":"ticker","codes":["KRW-BTC"]},{"type":"candle.1m","codes":["KRW-BTC"]},{"format":"DEFAULT"}]""");
        second[0].Streams.ShouldBe([Key(Channel.Ticker), Key(Channel.Candles, variant: "1m")]);
        second[0].IsAnswered.ShouldBeFalse();
    }

    [Fact]
    public void A_stream_is_given_back_by_a_request_without_it()
    {
        var subscriptions = New();
        subscriptions.Subscribe([Key(Channel.Books), Key(Channel.Trades)]);
        var request = subscriptions.Unsubscribe([Key(Channel.Books)]).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(request.Frame).ShouldBe(
            """[{"ticket":"ticklake-2"},{"type":"trade","codes":["KRW-BTC"]},{"format":"DEFAULT"}]""");
        (request.IsAnswered, request.Streams[0]).ShouldBe((false, Key(Channel.Books)));
        subscriptions.Unsubscribe([Key(Channel.Trades)]).ShouldBeEmpty("a request for nothing is an error");
        Text(subscriptions.Subscribe([Key(Channel.Books)])).ShouldNotContain("trade");
    }

    [Fact]
    public void A_stream_asked_for_twice_is_named_once()
    {
        var subscriptions = New();
        subscriptions.Subscribe([Key(Channel.Trades)]);
        Text(subscriptions.Subscribe([Key(Channel.Trades)])).ShouldContain("""{"type":"trade","codes":["KRW-BTC"]}""");
    }

    [Fact]
    public void An_error_is_about_the_last_request_and_does_not_poison_the_next()
    {
        var subscriptions = New();
        subscriptions.Subscribe([Key(Channel.Trades)]);
        subscriptions.Subscribe([Key(Channel.Books, "KRW-NOPE")]);
        var error = new ServerNotice(NoticeKind.Refused) { Text = "INVALID_PARAM" };
        subscriptions.On(error).Refused.ShouldBe([Key(Channel.Books, "KRW-NOPE")]);
        subscriptions.On(error).ShouldBe(NoticeOutcome.Nothing, "said already");
        Text(subscriptions.Subscribe([Key(Channel.Ticker)])).ShouldNotContain("NOPE");
    }

    [Fact]
    public void It_pings_by_text_into_silence()
    {
        var probe = New().Probe.ShouldNotBeNull();
        Encoding.UTF8.GetString(probe.Frame(default)).ShouldBe("PING");
        probe.IsOnlyForSilence.ShouldBeTrue();
        (probe.Period * 2).ShouldBeLessThanOrEqualTo(new UpbitExchange().LimitsOf(UpbitExchange.Spot).SocketTimeout);
    }

    [Fact]
    public void It_is_ready_at_once_and_needs_no_rest()
    {
        New().IsReady.ShouldBeTrue();
        New().Hello().ShouldBeEmpty();
        New().ConnectPath.ShouldBe("/websocket/v1");
        New().SnapshotFor(Key(Channel.Books)).ShouldBeNull();
        New().On(new(NoticeKind.Pong)).ShouldBe(NoticeOutcome.Nothing);
    }

    [Fact]
    public void Requests_keep_to_a_hundred_a_minute_and_five_a_second()
    {
        var interval = new UpbitExchange().LimitsOf(UpbitExchange.Spot).MessageInterval;
        (TimeSpan.FromMinutes(1) / interval).ShouldBeLessThanOrEqualTo(100);
    }

    static string Text(IReadOnlyList<SubscriptionRequest> requests) =>
        Encoding.UTF8.GetString(requests.ShouldHaveSingleItem().Frame);

    static StreamKey Key(Channel channel, string symbol = "KRW-BTC", string variant = "") =>
        new(UpbitExchange.Spot, channel, symbol, variant);

    static ISubscriptions New() => new UpbitExchange().CreateSubscriptions(UpbitExchange.Spot, "", new SessionOptions());
}
