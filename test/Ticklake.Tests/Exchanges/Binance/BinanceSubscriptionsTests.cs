using System.Text;
using Shouldly;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Binance;
using Xunit;

namespace Ticklake.Tests.Exchanges.Binance;

public sealed class BinanceSubscriptionsTests
{
    [Theory]
    [InlineData(Channel.Trades, "", "btcusdt@trade")]
    [InlineData(Channel.Trades, "agg", "btcusdt@aggTrade")]
    [InlineData(Channel.Books, "", "btcusdt@depth@100ms")]
    [InlineData(Channel.Books, "1000ms", "btcusdt@depth")]
    [InlineData(Channel.DepthSnapshots, "20_100ms", "btcusdt@depth20@100ms")]
    [InlineData(Channel.DepthSnapshots, "5_1000ms", "btcusdt@depth5")]
    [InlineData(Channel.BookTicker, "", "btcusdt@bookTicker")]
    [InlineData(Channel.Ticker, "", "btcusdt@ticker")]
    [InlineData(Channel.Candles, "1M", "btcusdt@kline_1M")]
    public void Streams_have_lower_case_names(Channel channel, string variant, string name)
    {
        var stream = new StreamKey(BinanceExchange.Spot, channel, "BTCUSDT", variant);
        var request = New().Subscribe([stream]).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(request.Frame).ShouldBe($$"""{"method":"SUBSCRIBE","params":["{{name}}"],"id":1}""");
    }

    [Fact]
    public void Names_beyond_ascii_are_sent_as_they_are() =>
        Encoding.UTF8.GetString(New().Subscribe([Trades("币安人生USDT")])[0].Frame).ShouldContain("\"币安人生usdt@trade\"");

    [Fact]
    public void At_most_two_hundred_names_go_into_a_message()
    {
        var streams = Enumerable.Range(0, 401).Select(i => Trades($"X{i}USDT")).ToArray();
        var requests = New().Subscribe(streams);
        requests.Select(request => request.Streams.Count).ShouldBe([200, 200, 1]);
        requests.Select(request => request.RequestId).ShouldBe(["1", "2", "3"]);
        requests.SelectMany(request => request.Streams).ShouldBe(streams);
    }

    [Theory]
    [InlineData(NoticeKind.Subscribed, 0, "acknowledged")]
    [InlineData(NoticeKind.Refused, 4, "retry")]
    [InlineData(NoticeKind.Refused, 2, "refused")]
    [InlineData(NoticeKind.Other, 0, "nothing")]
    public void An_answer_settles_the_whole_message(NoticeKind kind, long code, string expected)
    {
        var subscriptions = New();
        StreamKey[] streams = [Trades("BTCUSDT"), Trades("ETHUSDT")];
        subscriptions.Subscribe(streams);
        var outcome = subscriptions.On(new(kind) { RequestId = "1", Code = code });
        outcome.Acknowledged.ShouldBe(expected == "acknowledged" ? streams : []);
        outcome.Retry.ShouldBe(expected == "retry" ? streams : []);
        outcome.Refused.ShouldBe(expected == "refused" ? streams : []);
    }

    [Fact]
    public void An_unsubscription_is_settled_by_the_answer_with_its_id_and_by_no_other()
    {
        var subscriptions = New();
        var request = subscriptions.Unsubscribe([Trades("BTCUSDT")]).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(request.Frame).ShouldBe(
            """{"method":"UNSUBSCRIBE","params":["btcusdt@trade"],"id":1}""");
        subscriptions.Unsubscribe([Trades("ETHUSDT"), Trades("BNBUSDT")]);
        subscriptions.On(new(NoticeKind.Unsubscribed) { RequestId = "3" }).ShouldBe(NoticeOutcome.Nothing);
        subscriptions.On(new(NoticeKind.Unsubscribed) { RequestId = "2" }).Left
            .ShouldBe([Trades("ETHUSDT"), Trades("BNBUSDT")]);
        subscriptions.On(new(NoticeKind.Unsubscribed) { RequestId = "2" }).ShouldBe(NoticeOutcome.Nothing);
        subscriptions.On(new(NoticeKind.Refused) { RequestId = "1" }).ShouldBe(NoticeOutcome.Nothing);
    }

    [Fact]
    public void It_is_probed_by_asking_for_the_list_of_subscriptions_when_it_is_silent()
    {
        var subscriptions = New();
        subscriptions.Subscribe([Trades("BTCUSDT")]);
        var probe = subscriptions.Probe.ShouldNotBeNull();
        probe.IsOnlyForSilence.ShouldBeTrue();
        (2 * probe.Period).ShouldBeLessThanOrEqualTo(new BinanceExchange().LimitsOf(BinanceExchange.Spot).SocketTimeout);
        Encoding.UTF8.GetString(probe.Frame(default)).ShouldBe("""{"method":"LIST_SUBSCRIPTIONS","id":2}""");
    }

    [Fact]
    public void A_planned_shutdown_means_to_reconnect() =>
        New().On(new(NoticeKind.ServerRestarting)).Action.ShouldBe(SessionAction.Reconnect);

    [Fact]
    public void Only_books_need_a_snapshot_by_rest()
    {
        var books = new StreamKey(BinanceExchange.Spot, Channel.Books, "币USDT");
        New().SnapshotFor(books).ShouldBe(new RestRequest("/api/v3/depth?symbol=%E5%B8%81USDT&limit=1000", 50));
        New().SnapshotFor(Trades("BTCUSDT")).ShouldBeNull();
    }

    [Fact]
    public void It_is_ready_at_once_on_the_combined_path()
    {
        New().IsReady.ShouldBeTrue();
        New().Hello().ShouldBeEmpty();
        New().ConnectPath.ShouldBe("/stream");
    }

    static StreamKey Trades(string symbol) => new(BinanceExchange.Spot, Channel.Trades, symbol);

    static ISubscriptions New() =>
        new BinanceExchange().CreateSubscriptions(BinanceExchange.Spot, "", new SessionOptions());
}
