using System.Net.WebSockets;
using System.Text.Json;
using Shouldly;
using Ticklake.Simulator;
using Xunit;

namespace Ticklake.Tests.Simulated;

public sealed class GateioVenueTests
{
    const string Ping = """{"time":1,"channel":"spot.ping"}""";
    const string Pong = "\"spot.pong\"";

    static readonly SimulatorOptions Options = new() { IsManual = true, EventsPerSecond = 60, Seed = 12 };

    [Theory]
    [InlineData("400")]
    [InlineData("50")]
    public async Task Order_book_v2_is_whole_from_its_first_message_on(string levels)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator);
        var name = $"ob.BTC_USDT.{levels}";
        await client.SendAsync(Subscribe(1, "spot.obu", name));
        (await client.ReadAsync())!.ShouldContain("\"full\":true", customMessage: "before the acknowledgement");
        (await client.ReadAsync())!.ShouldContain("\"error\":null,\"result\":{\"status\":\"success\"}");
        simulator.Advance(TimeSpan.FromSeconds(10));
        await client.DrainAsync(Ping, Pong);

        var book = new RebuiltBook(isRaw: false);
        long id = 0;
        var empty = 0;
        foreach (var update in Results(client, "spot.obu"))
        {
            update.GetProperty("s").GetString().ShouldBe(name);
            if (id > 0)
                update.GetProperty("U").GetInt64().ShouldBe(id + 1);
            id = update.GetProperty("u").GetInt64();
            empty += Apply(book, update, "b", "a") == 0 ? 1 : 0;
        }

        id.ShouldBe(simulator.Market("gateio", "BTC_USDT").LastUpdateId);
        book.ShouldBe(simulator.Market("gateio", "BTC_USDT").Snapshot(int.Parse(levels)));
        (levels == "50" ? empty : 1).ShouldBeGreaterThan(0, "ids move on without levels");
    }

    [Theory]
    [InlineData("100ms", 100, 3_250)]
    [InlineData("20ms", 20, 3_251)]
    public async Task A_rest_book_taken_mid_stream_bridges_into_the_older_feed(string speed, int kept, int atMs)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator);
        await client.SendAsync(Subscribe(1, "spot.order_book_update", "XRP_BTC", speed));
        await client.DrainAsync(Ping, Pong);
        simulator.Advance(TimeSpan.FromMilliseconds(atMs));
        var rest = await GetAsync(simulator, $"order_book?currency_pair=XRP_BTC&limit={kept}&with_id=true");
        simulator.Advance(TimeSpan.FromMilliseconds(10_000 - atMs));
        await client.DrainAsync(Ping, Pong);

        var book = new RebuiltBook(isRaw: false);
        Apply(book, rest, "bids", "asks");
        var id = rest.GetProperty("id").GetInt64();
        foreach (var update in Results(client, "spot.order_book_update"))
        {
            if (update.GetProperty("u").GetInt64() <= id)
                continue;
            update.GetProperty("U").GetInt64().ShouldBeLessThanOrEqualTo(id + 1);
            Apply(book, update, "b", "a");
            book.Trim(kept);
            id = update.GetProperty("u").GetInt64();
        }

        id.ShouldBe(simulator.Market("gateio", "XRP_BTC").LastUpdateId);
        book.ShouldBe(simulator.Market("gateio", "XRP_BTC").Snapshot(kept));
    }

    [Fact]
    public async Task Every_documented_stream_delivers_and_the_truth_counts_its_frames()
    {
        (string Channel, string[] Payload)[] streams =
        [
            ("spot.book_ticker", ["BTC_USDT"]), ("spot.trades", ["BTC_USDT"]), ("spot.tickers", ["BTC_USDT"]),
            ("spot.candlesticks", ["1m", "BTC_USDT"]), ("spot.order_book_update", ["BTC_USDT", "100ms"]),
            ("spot.order_book", ["BTC_USDT", "5", "1000ms"]), ("spot.obu", ["ob.BTC_USDT.400"]),
        ];
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator);
        foreach (var (channel, payload) in streams)
            await client.SendAsync(Subscribe(1, channel, payload));
        await client.DrainAsync(Ping, Pong);
        simulator.Advance(TimeSpan.FromSeconds(65));
        await client.DrainAsync(Ping, Pong);

        foreach (var (channel, payload) in streams)
        {
            var results = Results(client, channel).ToArray();
            results.Length.ShouldBeGreaterThan(0, channel);
            simulator.Truth.Stream("gateio", $"{channel} {string.Join(' ', payload)}")!.Frames.ShouldBe(results.Length, channel);
        }

        Results(client, "spot.candlesticks").Count(c => c.GetProperty("w").GetBoolean()).ShouldBe(1);
        var counts = Results(client, "spot.trades").Select(t => t.GetProperty("id_market").GetInt64()).ToArray();
        counts.ShouldBe(Enumerable.Range(0, counts.Length).Select(i => counts[0] + i));
    }

    [Theory]
    [InlineData("""{"time":1,"id":5,"channel":"spot.trades","event":"subscribe","payload":["NOPE_USDT"]}""", 2, "unknown currency pair")]
    [InlineData("""{"time":1,"id":5,"channel":"spot.songs","event":"subscribe","payload":["BTC_USDT"]}""", 2, "unknown channel")]
    [InlineData("""{"time":1,"id":5,"channel":"spot.candlesticks","event":"subscribe","payload":["7m","BTC_USDT"]}""", 2, "unknown")]
    [InlineData("{\"time\":", 1, "request message need json scheme")]
    public async Task Wrong_requests_have_their_documented_code(string request, int code, string text)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator);
        await client.SendAsync(request);
        (await client.ReadAsync())!.ShouldContain($"\"error\":{{\"code\":{code},\"message\":\"{text}");
    }

    [Fact]
    public async Task A_repeated_book_is_refused_until_it_was_given_back_and_an_unknown_one_is_silent()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator);
        await client.SendAsync(Subscribe(1, "spot.obu", "ob.BTC_USDT.50"));
        await client.DrainAsync(Ping, Pong);
        await client.SendAsync(Subscribe(2, "spot.obu", "ob.BTC_USDT.50"));
        (await client.ReadUntilAsync("\"id\":2"))
            .ShouldContain("\"error\":{\"code\":2,\"message\":\"Alert sub ob.BTC_USDT.50\"},\"result\":{\"status\":\"fail\"}");
        await client.SendAsync(Subscribe(3, "spot.obu", "ob.BTC_USDT.50").Replace("subscribe", "unsubscribe"));
        await client.SendAsync(Subscribe(4, "spot.obu", "ob.BTC_USDT.50"));
        (await client.ReadUntilAsync("\"full\":true")).ShouldNotBeNull();
        await client.SendAsync(Subscribe(5, "spot.obu", "ob.NOPE_USDT.50"));
        (await client.ReadUntilAsync("\"id\":5")).ShouldContain("\"error\":null");
    }

    [Fact]
    public async Task A_silent_client_without_subscriptions_is_cut_off_and_a_ping_keeps_it()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator);
        for (var i = 0; i < 3; i++)
        {
            await client.DrainAsync(Ping, Pong);
            simulator.Advance(TimeSpan.FromSeconds(25));
        }

        simulator.Advance(TimeSpan.FromSeconds(10));
        await Should.ThrowAsync<WebSocketException>(client.ReadAsync());
    }

    [Fact]
    public async Task A_request_a_minute_off_is_refused_where_limits_are_kept()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { EnforcesLimits = true });
        await using var client = await ConnectAsync(simulator);
        await client.SendAsync(Subscribe(1, "spot.trades", "BTC_USDT"));
        (await client.ReadAsync())!.ShouldContain("invalid time");
    }

    [Fact]
    public async Task Rest_describes_the_pairs_the_time_and_the_past()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        simulator.Advance(TimeSpan.FromSeconds(20));
        (await GetAsync(simulator, "time")).GetProperty("server_time").GetInt64().ShouldBe(simulator.Now.ToUnixTimeMilliseconds());
        var pair = (await GetAsync(simulator, "currency_pairs")).EnumerateArray().First();
        (pair.GetProperty("base").GetString(), pair.GetProperty("quote").GetString()).ShouldBe(("BTC", "USDT"));
        (await GetAsync(simulator, "tickers?currency_pair=ETH_USDT")).GetArrayLength().ShouldBe(1);
        (await GetAsync(simulator, "trades?currency_pair=ETH_USDT&limit=3")).GetArrayLength().ShouldBe(3);
        (await GetAsync(simulator, "candlesticks?currency_pair=ETH_USDT&interval=1m&limit=5"))[0].GetArrayLength().ShouldBe(8);
        (await GetAsync(simulator, "order_book?currency_pair=ETH_USDT")).TryGetProperty("id", out _).ShouldBeFalse();
    }

    static Task<SimulatedClient> ConnectAsync(ExchangeSimulator simulator) =>
        SimulatedClient.ConnectAsync(simulator.WebSocket("gateio"), "/ws/v4/");

    static string Subscribe(int id, string channel, params string[] payload) =>
        $$"""{"time":1,"id":{{id}},"channel":"{{channel}}","event":"subscribe","payload":{{JsonSerializer.Serialize(payload)}}}""";

    static async Task<JsonElement> GetAsync(ExchangeSimulator simulator, string pathAndQuery)
    {
        using var http = new HttpClient();
        return JsonDocument.Parse(await http.GetStringAsync($"{simulator.Rest("gateio")}/api/v4/spot/{pathAndQuery}")).RootElement;
    }

    static IEnumerable<JsonElement> Results(SimulatedClient client, string channel) => client.Messages
        .Select(m => JsonDocument.Parse(m).RootElement)
        .Where(m => m.GetProperty("channel").GetString() == channel && m.GetProperty("event").GetString() == "update")
        .Select(m => m.GetProperty("result"));

    static int Apply(RebuiltBook book, JsonElement update, string bids, string asks)
    {
        var count = 0;
        foreach (var (name, isBid) in new[] { (bids, true), (asks, false) })
        {
            if (!update.TryGetProperty(name, out var levels))
                continue;
            foreach (var level in levels.EnumerateArray())
            {
                book.ApplyBinance(level, isBid);
                count++;
            }
        }

        return count;
    }
}
