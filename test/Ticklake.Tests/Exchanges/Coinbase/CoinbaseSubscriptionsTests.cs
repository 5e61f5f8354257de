using System.Text;
using Shouldly;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Coinbase;
using Xunit;

namespace Ticklake.Tests.Exchanges.Coinbase;

public sealed class CoinbaseSubscriptionsTests
{
    static readonly StreamKey Btc = Of(Channel.Trades, "BTC-USD");
    static readonly StreamKey Eth = Of(Channel.Trades, "ETH-USD");
    static readonly StreamKey Foo = Of(Channel.Trades, "FOO-USD");

    [Fact]
    public void Every_advanced_trade_connection_has_heartbeats() =>
        Text(New("").Hello().ShouldHaveSingleItem()).ShouldBe("""{"type":"subscribe","channel":"heartbeats"}""");

    [Fact]
    public void Exchange_has_heartbeats_with_each_product()
    {
        New("exchange").Hello().ShouldBeEmpty();
        Text(New("exchange").Subscribe([Btc, Eth]).ShouldHaveSingleItem().Frame).ShouldBe(
            """{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channels":["matches","heartbeat"]}""");
    }

    [Fact]
    public void A_message_asks_for_one_channel()
    {
        var requests = New("").Subscribe(
        [
            Of(Channel.Books, "BTC-USD"), Of(Channel.Ticker, "BTC-USD"), Of(Channel.Candles, "BTC-USD", "5m"),
            Of(Channel.Trades, "BTC-USD", "advanced_trade"), Of(Channel.Books, "ETH-USD"),
        ]);
        requests.Select(r => Text(r.Frame)).ShouldBe(
        [
            """{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channel":"level2"}""",
            """{"type":"subscribe","product_ids":["BTC-USD"],"channel":"ticker"}""",
            """{"type":"subscribe","product_ids":["BTC-USD"],"channel":"candles"}""",
            """{"type":"subscribe","product_ids":["BTC-USD"],"channel":"market_trades"}""",
        ]);
        requests.Select(r => r.RequestId).ShouldBeUnique();
        requests[0].Streams.Count.ShouldBe(2);
    }

    [Fact]
    public void The_exchange_forms_of_ticker_and_books_ask_the_exchange_feed() =>
        New("exchange").Subscribe([Of(Channel.Ticker, "BTC-USD", "exchange"), Of(Channel.Books, "BTC-USD", "exchange")])
            .Select(r => Text(r.Frame)).ShouldBe(
            [
                """{"type":"subscribe","product_ids":["BTC-USD"],"channels":["ticker","heartbeat"]}""",
                """{"type":"subscribe","product_ids":["BTC-USD"],"channels":["level2_batch","heartbeat"]}""",
            ]);

    [Fact]
    public void Giving_back_leaves_the_heartbeats_that_others_need()
    {
        Text(New("exchange").Unsubscribe([Btc]).ShouldHaveSingleItem().Frame).ShouldBe(
            """{"type":"unsubscribe","product_ids":["BTC-USD"],"channels":["matches"]}""");
        Text(New("").Unsubscribe([Of(Channel.Books, "BTC-USD")]).ShouldHaveSingleItem().Frame).ShouldBe(
            """{"type":"unsubscribe","product_ids":["BTC-USD"],"channel":"level2"}""");
    }

    [Fact]
    public void No_message_asks_for_more_than_thirty_products() =>
        New("exchange").Subscribe([.. Enumerable.Range(1, 70).Select(i => Of(Channel.Trades, $"X{i}-USD"))])
            .Select(r => r.Streams.Count).ShouldBe([30, 30, 10]);

    [Fact]
    public void What_is_new_in_the_listed_set_is_acknowledged()
    {
        var subscriptions = New("exchange");
        subscriptions.Subscribe([Btc, Eth]);
        subscriptions.On(new(NoticeKind.Subscribed) { StreamKey = Btc }).Acknowledged.ShouldBe([Btc]);
        subscriptions.On(new(NoticeKind.Other)).ShouldBe(NoticeOutcome.Nothing);
    }

    [Fact]
    public void A_product_that_an_error_names_is_refused_and_the_others_are_asked_for_again()
    {
        var subscriptions = New("exchange");
        subscriptions.Subscribe([Btc, Foo, Eth]);
        var outcome = subscriptions.On(Refusal("Failed to subscribe: FOO-USD is not a valid product"));
        outcome.Refused.ShouldBe([Foo]);
        outcome.Retry.ShouldBe([Btc, Eth]);
    }

    [Fact]
    public void A_name_within_a_longer_name_is_another_product()
    {
        var subscriptions = New("exchange");
        subscriptions.Subscribe([Btc, Of(Channel.Trades, "WBTC-USD"), Of(Channel.Trades, "BTC-USDT")]);
        subscriptions.On(Refusal("Failed to subscribe: WBTC-USD is not a valid product")).Refused
            .ShouldBe([Of(Channel.Trades, "WBTC-USD")]);
    }

    [Fact]
    public void After_an_error_that_names_nothing_streams_are_asked_for_one_by_one()
    {
        var subscriptions = New("exchange");
        subscriptions.Subscribe([Btc, Foo]);
        var outcome = subscriptions.On(Refusal("Failed to subscribe"));
        outcome.Refused.ShouldBeEmpty();
        outcome.Retry.ShouldBe([Btc, Foo]);
        subscriptions.Subscribe([Btc, Foo]).Select(r => r.Streams.Count).ShouldBe([1, 1]);
        subscriptions.On(new(NoticeKind.Subscribed) { StreamKey = Btc });
        subscriptions.On(Refusal("Failed to subscribe")).Refused.ShouldBe([Foo], "it is the oldest that waits");
    }

    [Fact]
    public void Too_many_books_are_asked_for_later()
    {
        var books = Enumerable.Range(1, 31).Select(i => Of(Channel.Books, $"X{i}-USD")).ToList();
        var subscriptions = New("");
        subscriptions.Subscribe(books);
        foreach (var accepted in books.Take(30))
            subscriptions.On(new(NoticeKind.Subscribed) { StreamKey = accepted });
        var outcome = subscriptions.On(Refusal("too many L2 streams requested in a single session"));
        outcome.Retry.ShouldBe([books[30]]);
        outcome.Refused.ShouldBeEmpty();
    }

    [Fact]
    public void An_error_without_a_request_is_nobodys() =>
        New("").On(Refusal("authentication failure")).ShouldBe(NoticeOutcome.Nothing);

    [Fact]
    public void A_server_that_cannot_keep_up_with_us_is_left() =>
        New("").On(new(NoticeKind.ServerRestarting) { Text = "ErrSlowConsume" }).Action.ShouldBe(SessionAction.Reconnect);

    static ServerNotice Refusal(string text) => new(NoticeKind.Refused) { Text = text };

    static ISubscriptions New(string door) =>
        new CoinbaseExchange().CreateSubscriptions(CoinbaseExchange.Spot, door, new SessionOptions());

    static StreamKey Of(Channel channel, string symbol, string variant = "") =>
        new(CoinbaseExchange.Spot, channel, symbol, variant);

    static string Text(byte[] frame) => Encoding.UTF8.GetString(frame);
}
