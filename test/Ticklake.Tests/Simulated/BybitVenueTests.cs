using System.Net;
using System.Text.Json;
using Shouldly;
using Ticklake.Simulator;
using Ticklake.Simulator.Faults;
using Xunit;

namespace Ticklake.Tests.Simulated;

public sealed class BybitVenueTests
{
    const string Ping = """{"req_id":"p-77","op":"ping"}""";
    const string Pong = "\"ret_msg\":\"pong\"";

    static readonly SimulatorOptions Options = new() { IsManual = true, EventsPerSecond = 60, Seed = 12 };

    [Theory]
    [InlineData("spot", "orderbook.50.BTCUSDT")]
    [InlineData("spot", "orderbook.200.XRPBTC")]
    [InlineData("linear", "orderbook.50.BTCPERP")]
    [InlineData("linear", "orderbook.1000.BTCUSDT")]
    public async Task A_snapshot_and_the_deltas_after_it_are_the_window(string market, string topic)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        simulator.Advance(TimeSpan.FromSeconds(1));
        await using var client = await ConnectAsync(simulator, market);
        await client.SendAsync(Subscribe(topic));
        await client.DrainAsync(Ping, Pong);
        simulator.Advance(TimeSpan.FromSeconds(10));
        await client.DrainAsync(Ping, Pong);

        var book = new RebuiltBook(isRaw: false);
        var messages = Of(client, topic).ToArray();
        long last = 0;
        foreach (var message in messages)
        {
            var data = message.GetProperty("data");
            var id = data.GetProperty("u").GetInt64();
            message.GetProperty("type").GetString().ShouldBe(last == 0 ? "snapshot" : "delta");
            if (last != 0)
                id.ShouldBe(last + 1);
            last = id;
            foreach (var level in data.GetProperty("b").EnumerateArray())
                book.ApplyBinance(level, isBid: true);
            foreach (var level in data.GetProperty("a").EnumerateArray())
                book.ApplyBinance(level, isBid: false);
            message.GetProperty("cts").GetInt64().ShouldBeLessThanOrEqualTo(message.GetProperty("ts").GetInt64());
        }

        messages.Length.ShouldBeGreaterThan(20);
        book.ShouldBe(simulator.Window(Venue(market), topic)!);
    }

    [Theory]
    [InlineData("spot")]
    [InlineData("linear")]
    public async Task Every_topic_delivers_and_the_truth_counts_its_frames(string market)
    {
        string[] topics =
        [
            "orderbook.1.BTCUSDT", "orderbook.50.BTCUSDT", "orderbook.200.BTCUSDT", "orderbook.1000.BTCUSDT",
            "publicTrade.BTCUSDT", "tickers.BTCUSDT", "kline.1.BTCUSDT", "kline.D.BTCUSDT",
            .. market == "linear" ? ["allLiquidation.BTCUSDT"] : Array.Empty<string>(),
        ];
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator, market);
        await client.SendAsync(Subscribe(topics));
        await client.DrainAsync(Ping, Pong);
        simulator.Advance(TimeSpan.FromSeconds(65));
        await client.DrainAsync(Ping, Pong);
        foreach (var topic in topics)
        {
            var frames = Of(client, topic).Count();
            frames.ShouldBeGreaterThan(1, topic);
            simulator.Truth.Streams.Single(s => s.Exchange == Venue(market) && s.Name == topic).Frames.ShouldBe(frames, topic);
        }

        var trade = Of(client, "publicTrade.BTCUSDT").First().GetProperty("data")[0];
        trade.TryGetProperty("L", out _).ShouldBe(market == "linear");
        Guid.TryParse(trade.GetProperty("i").GetString(), out _).ShouldBe(market == "linear");
        Of(client, "kline.1.BTCUSDT").Count(m => m.GetProperty("data")[0].GetProperty("confirm").GetBoolean()).ShouldBe(1);
    }

    [Fact]
    public async Task A_liquidation_names_the_side_of_the_position_that_the_trade_closed()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator, "linear");
        await client.SendAsync(Subscribe("publicTrade.BTCUSDT", "allLiquidation.BTCUSDT"));
        await client.DrainAsync(Ping, Pong);
        simulator.Advance(TimeSpan.FromSeconds(20));
        await client.DrainAsync(Ping, Pong);
        var trades = Entries(client, "publicTrade.BTCUSDT");
        var liquidations = Entries(client, "allLiquidation.BTCUSDT");
        liquidations.Length.ShouldBeGreaterThan(10);
        foreach (var entry in liquidations)
        {
            trades.ShouldContain(t => t.Time == entry.Time && t.Price == entry.Price && t.Amount == entry.Amount
                && t.Side != entry.Side);
        }

        static (long Time, string? Side, string? Price, string? Amount)[] Entries(SimulatedClient client, string topic) =>
        [
            .. Of(client, topic).SelectMany(m => m.GetProperty("data").EnumerateArray()).Select(t => (
                t.GetProperty("T").GetInt64(), t.GetProperty("S").GetString(), t.GetProperty("p").GetString(),
                t.GetProperty("v").GetString())),
        ];
    }

    [Fact]
    public async Task Spot_has_no_liquidations()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator, "spot");
        await client.SendAsync(Subscribe("allLiquidation.BTCUSDT"));
        (await client.ReadUntilAsync("\"success\":false")).ShouldContain("handler not found,topic:allLiquidation.BTCUSDT");
    }

    [Fact]
    public async Task A_linear_ticker_is_whole_once_and_then_only_what_changed()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator, "linear");
        await client.SendAsync(Subscribe("tickers.BTCUSDT"));
        simulator.Advance(TimeSpan.FromSeconds(20));
        await client.DrainAsync(Ping, Pong);
        var messages = Of(client, "tickers.BTCUSDT").ToArray();
        messages[0].GetProperty("type").GetString().ShouldBe("snapshot");
        messages.Skip(1).ShouldAllBe(m => m.GetProperty("type").GetString() == "delta");
        var whole = messages[0].GetProperty("data").EnumerateObject().Count();
        messages.Skip(1).ShouldAllBe(m => m.GetProperty("data").EnumerateObject().Count() < whole);
        messages.ShouldAllBe(m => m.GetProperty("data").GetProperty("symbol").GetString() == "BTCUSDT");
    }

    [Fact]
    public async Task A_spot_ticker_is_whole_every_time_and_has_no_best_prices()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator, "spot");
        await client.SendAsync(Subscribe("tickers.BTCUSDT"));
        simulator.Advance(TimeSpan.FromSeconds(5));
        await client.DrainAsync(Ping, Pong);
        var messages = Of(client, "tickers.BTCUSDT").ToArray();
        messages.ShouldAllBe(m => m.GetProperty("type").GetString() == "snapshot");
        messages.Count(m => m.GetProperty("data").TryGetProperty("bid1Price", out _)).ShouldBe(0);
    }

    [Fact]
    public async Task Level_1_repeats_itself_after_three_seconds_without_a_change()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { EventsPerSecond = 0 });
        await using var client = await ConnectAsync(simulator, "spot");
        await client.DrainAsync(Subscribe("orderbook.1.BTCUSDT"), "orderbook.1");
        simulator.Advance(TimeSpan.FromSeconds(10));
        await client.DrainAsync(Ping, Pong);
        var messages = Of(client, "orderbook.1.BTCUSDT").ToArray();
        messages.Length.ShouldBe(4);
        messages.Select(m => m.GetProperty("data").GetProperty("u").GetInt64()).Distinct().Count().ShouldBe(1);
        simulator.Truth.Streams.Single(s => s.Name == "orderbook.1.BTCUSDT").Rows.ShouldBe(1);
    }

    [Fact]
    public async Task A_restart_of_the_service_is_a_snapshot_with_id_1()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator, "linear");
        await client.DrainAsync(Subscribe("orderbook.200.BTCUSDT"), "\"op\":\"subscribe\"");
        simulator.Faults.Arm(new FaultSpec(FaultKind.Restart) { Exchange = "bybit-linear" });
        simulator.Advance(TimeSpan.FromSeconds(2));
        await client.DrainAsync(Ping, Pong);
        var after = Of(client, "orderbook.200.BTCUSDT").Skip(1).SkipWhile(m => m.GetProperty("type").GetString() == "delta");
        after.Select(m => m.GetProperty("data").GetProperty("u").GetInt64()).Take(3).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task One_bad_topic_fails_its_request_and_the_answer_names_only_that()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator, "linear");
        await client.SendAsync(Subscribe("tickers.BTCUSDT", "orderbook.500.BTCUSDT", "publicTrade.BTCUSDT"));
        (await client.ReadAsync())!.ShouldStartWith(
            """{"success":false,"ret_msg":"error:handler not found,topic:orderbook.500.BTCUSDT","conn_id":""");
        simulator.Advance(TimeSpan.FromSeconds(5));
        await client.SendAsync(Ping);
        (await client.ReadAsync())!.ShouldContain(Pong);
        await client.DrainAsync(Subscribe("tickers.BTCUSDT"), "\"op\":\"subscribe\"");
        await client.SendAsync(Subscribe("tickers.BTCUSDT"));
        (await client.ReadUntilAsync("\"success\":false")).ShouldContain("error:already subscribed,topic:tickers.BTCUSDT");
    }

    [Fact]
    public async Task Spot_takes_ten_topics_in_a_request_and_linear_any_number()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        string[] intervals = ["1", "3", "5", "15", "30", "60", "120", "240", "360", "720", "D"];
        var topics = intervals.Select(i => $"kline.{i}.BTCUSDT").ToArray();
        foreach (var (market, isTaken) in new[] { ("spot", false), ("linear", true) })
        {
            await using var client = await ConnectAsync(simulator, market);
            await client.SendAsync(Subscribe(topics));
            (await client.ReadUntilAsync("\"op\":\"subscribe\"")).Contains("\"success\":true").ShouldBe(isTaken);
        }
    }

    [Fact]
    public async Task Answers_come_before_the_data_on_spot_and_after_it_on_linear()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        foreach (var (market, begins) in new[] { ("spot", "{\"success\""), ("linear", "{\"topic\"") })
        {
            await using var client = await ConnectAsync(simulator, market);
            await client.SendAsync(Subscribe("orderbook.200.BTCUSDT"));
            (await client.ReadAsync())!.ShouldStartWith(begins);
        }
    }

    [Fact]
    public async Task A_client_that_neither_pings_nor_is_sent_data_is_cut_off_after_ten_minutes()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator, "spot");
        await client.DrainAsync(Ping, Pong);
        simulator.Advance(TimeSpan.FromMinutes(8));
        await client.DrainAsync(Ping, Pong);
        simulator.Advance(TimeSpan.FromMinutes(9));
        await client.DrainAsync(Ping, Pong);
        simulator.Advance(TimeSpan.FromMinutes(12));
        (await client.ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Rest_answers_have_the_documented_envelope()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        simulator.Advance(TimeSpan.FromSeconds(90));
        foreach (var category in new[] { "spot", "linear" })
        {
            using var http = new HttpClient { BaseAddress = new($"{simulator.Rest(Venue(category))}/v5/market/") };
            (await GetAsync(http, "time")).GetProperty("timeNano").GetString()!.Length.ShouldBe(19);
            var book = await GetAsync(http, $"orderbook?category={category}&symbol=BTCUSDT");
            book.GetProperty("b").GetArrayLength().ShouldBe(category == "spot" ? 1 : 25);
            var trades = await GetAsync(http, $"recent-trade?category={category}&symbol=BTCUSDT&limit=1000");
            trades.GetProperty("list").GetArrayLength().ShouldBe(category == "spot" ? 60 : 1000);
            var klines = (await GetAsync(http, $"kline?category={category}&symbol=BTCUSDT&interval=1&limit=3")).GetProperty("list");
            long.Parse(klines[0][0].GetString()!, null).ShouldBeGreaterThan(long.Parse(klines[1][0].GetString()!, null));
            var info = (await GetAsync(http, $"instruments-info?category={category}&limit=2")).GetProperty("list");
            info.GetArrayLength().ShouldBe(category == "spot" ? 3 : 2);
            info[0].GetProperty("priceFilter").GetProperty("tickSize").GetString().ShouldBe("0.01");
            var ticker = (await GetAsync(http, $"tickers?category={category}&symbol=BTCUSDT")).GetProperty("list")[0];
            ticker.GetProperty("bid1Price").GetString().ShouldNotBeNullOrEmpty();
            var wrong = JsonDocument.Parse(await http.GetStringAsync($"orderbook?category={category}&symbol=NOPE"));
            wrong.RootElement.GetProperty("retCode").GetInt32().ShouldBe(10001);
        }
    }

    [Fact]
    public async Task More_than_600_requests_in_five_seconds_are_forbidden_in_no_json()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { EnforcesLimits = true });
        using var http = new HttpClient { BaseAddress = new(simulator.Rest("bybit") + "/v5/market/") };
        for (var i = 0; i < 600; i++)
            (await http.GetAsync(new Uri("time", UriKind.Relative))).Dispose();
        using var refused = await http.GetAsync(new Uri("time", UriKind.Relative));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync()).ShouldBe("access too frequent");
    }

    static async Task<JsonElement> GetAsync(HttpClient http, string path)
    {
        var answer = JsonDocument.Parse(await http.GetStringAsync(path)).RootElement;
        answer.GetProperty("retCode").GetInt32().ShouldBe(0, path);
        return answer.GetProperty("result");
    }

    static string Venue(string market) => market == "spot" ? "bybit" : "bybit-" + market;

    static Task<SimulatedClient> ConnectAsync(ExchangeSimulator simulator, string market) =>
        SimulatedClient.ConnectAsync(simulator.WebSocket(Venue(market)), "/v5/public/" + market);

    static string Subscribe(params string[] topics) =>
        $$"""{"req_id":"s-1","op":"subscribe","args":{{JsonSerializer.Serialize(topics)}}}""";

    static IEnumerable<JsonElement> Of(SimulatedClient client, string topic) => client.Messages
        .Where(m => m.StartsWith($"{{\"topic\":\"{topic}\"", StringComparison.Ordinal))
        .Select(m => JsonDocument.Parse(m).RootElement);
}
