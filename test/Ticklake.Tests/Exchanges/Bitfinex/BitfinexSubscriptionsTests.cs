using System.Text;
using Shouldly;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Bitfinex;
using Xunit;

namespace Ticklake.Tests.Exchanges.Bitfinex;

public sealed class BitfinexSubscriptionsTests
{
    static readonly StreamKey Trades = new(BitfinexExchange.Market, Channel.Trades, "tBTCUSD");

    [Theory]
    [InlineData(Channel.Ticker, "fUSD", "", """{"event":"subscribe","channel":"ticker","symbol":"fUSD","subId":"1"}""")]
    [InlineData(Channel.Trades, "tBTCUSD", "",
        """{"event":"subscribe","channel":"trades","symbol":"tBTCUSD","subId":"1"}""")]
    [InlineData(Channel.Books, "tBTCUSD", "",
        """{"event":"subscribe","channel":"book","symbol":"tBTCUSD","prec":"P0","freq":"F0","len":"250","subId":"1"}""")]
    [InlineData(Channel.Books, "tDUSK:USD", "P1_F1_len100",
        """{"event":"subscribe","channel":"book","symbol":"tDUSK:USD","prec":"P1","freq":"F1","len":"100","subId":"1"}""")]
    [InlineData(Channel.RawBooks, "tBTCUSD", "len25",
        """{"event":"subscribe","channel":"book","symbol":"tBTCUSD","prec":"R0","len":"25","subId":"1"}""")]
    [InlineData(Channel.Candles, "tBTCF0:USTF0", "7D",
        """{"event":"subscribe","channel":"candles","key":"trade:7D:tBTCF0:USTF0","subId":"1"}""")]
    public void Each_stream_has_a_request_of_its_own(Channel channel, string symbol, string variant, string expected)
    {
        var stream = new StreamKey(BitfinexExchange.Market, channel, symbol, variant);
        var request = New().Subscribe([stream]).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(request.Frame).ShouldBe(expected);
        request.RequestId.ShouldBe("1");
    }

    [Fact]
    public void Streams_are_asked_for_after_the_welcome_and_the_settings()
    {
        var subscriptions = New();
        Encoding.UTF8.GetString(subscriptions.Hello().ShouldHaveSingleItem()).ShouldBe(
            """{"event":"conf","flags":229376}""");
        subscriptions.IsReady.ShouldBeFalse();
        subscriptions.On(new(NoticeKind.Welcome) { Code = 2 }).ShouldBe(NoticeOutcome.Nothing);
        subscriptions.IsReady.ShouldBeFalse();
        subscriptions.On(new(NoticeKind.ConfigurationAcknowledged) { Code = 229376 });
        subscriptions.IsReady.ShouldBeTrue();
    }

    [Fact]
    public void Without_flags_there_are_no_settings_to_wait_for()
    {
        var subscriptions = new BitfinexExchange().CreateSubscriptions(BitfinexExchange.Market, "", new SessionOptions(0));
        subscriptions.Hello().ShouldBeEmpty();
        subscriptions.On(new(NoticeKind.Welcome) { Code = 2 });
        subscriptions.IsReady.ShouldBeTrue();
    }

    [Theory]
    [InlineData(NoticeKind.Welcome, 1, SessionAction.GiveUp)]
    [InlineData(NoticeKind.ConfigurationRefused, 0, SessionAction.GiveUp)]
    [InlineData(NoticeKind.ServerRestarting, 20051, SessionAction.Reconnect)]
    [InlineData(NoticeKind.MaintenanceStarted, 20060, SessionAction.Pause)]
    [InlineData(NoticeKind.MaintenanceEnded, 20061, SessionAction.ResubscribeAll)]
    [InlineData(NoticeKind.Pong, 0, SessionAction.Continue)]
    public void Notices_of_the_connection_tell_what_to_do(NoticeKind kind, long code, SessionAction action) =>
        New().On(new(kind) { Code = code }).Action.ShouldBe(action);

    [Fact]
    public void During_maintenance_nothing_is_asked_for()
    {
        var subscriptions = New();
        subscriptions.On(new(NoticeKind.Welcome) { Code = 2 });
        subscriptions.On(new(NoticeKind.ConfigurationAcknowledged));
        subscriptions.On(new(NoticeKind.MaintenanceStarted));
        subscriptions.IsReady.ShouldBeFalse();
        subscriptions.On(new(NoticeKind.MaintenanceEnded));
        subscriptions.IsReady.ShouldBeTrue();
    }

    [Theory]
    [InlineData(10301, "acknowledged")]
    [InlineData(10305, "retry")]
    [InlineData(10300, "refused")]
    [InlineData(10001, "refused")]
    [InlineData(10011, "refused")]
    [InlineData(10020, "refused")]
    [InlineData(10302, "refused")]
    [InlineData(10400, "nothing")]
    [InlineData(10401, "nothing")]
    [InlineData(19999, "retry")]
    public void A_refusal_is_judged_by_its_code(long code, string expected)
    {
        var subscriptions = New();
        var id = subscriptions.Subscribe([Trades])[0].RequestId;
        var outcome = subscriptions.On(new(NoticeKind.Refused) { Code = code, RequestId = id });
        outcome.Action.ShouldBe(SessionAction.Continue);
        outcome.Acknowledged.Count.ShouldBe(expected == "acknowledged" ? 1 : 0);
        outcome.Retry.Count.ShouldBe(expected == "retry" ? 1 : 0);
        outcome.Refused.Count.ShouldBe(expected == "refused" ? 1 : 0);
    }

    [Fact]
    public void A_stream_is_given_back_by_the_number_of_its_channel()
    {
        var subscriptions = New();
        subscriptions.Unsubscribe([Trades]).ShouldBeEmpty("it was never acknowledged");
        var id = subscriptions.Subscribe([Trades])[0].RequestId;
        subscriptions.On(new(NoticeKind.Subscribed) { RequestId = id, Code = 4711 }).Acknowledged.ShouldBe([Trades]);
        var request = subscriptions.Unsubscribe([Trades]).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(request.Frame).ShouldBe("""{"event":"unsubscribe","chanId":4711}""");
        subscriptions.On(new(NoticeKind.Unsubscribed) { Code = 4712 }).ShouldBe(NoticeOutcome.Nothing);
        subscriptions.On(new(NoticeKind.Unsubscribed) { Code = 4711 }).Left.ShouldBe([Trades]);
    }

    [Fact]
    public void It_is_probed_by_its_ping_when_it_is_silent()
    {
        var probe = New().Probe.ShouldNotBeNull();
        probe.IsOnlyForSilence.ShouldBeTrue();
        Encoding.UTF8.GetString(probe.Frame(default)).ShouldBe("""{"event":"ping"}""");
    }

    [Fact]
    public void An_answer_that_names_no_request_settles_nothing()
    {
        var subscriptions = New();
        subscriptions.Subscribe([Trades]);
        subscriptions.On(new(NoticeKind.Refused) { Code = 10300 }).ShouldBe(NoticeOutcome.Nothing);
        subscriptions.On(new(NoticeKind.Subscribed) { RequestId = "99" }).ShouldBe(NoticeOutcome.Nothing);
    }

    static ISubscriptions New() =>
        new BitfinexExchange().CreateSubscriptions(BitfinexExchange.Market, "", new SessionOptions());
}
