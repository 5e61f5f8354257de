using System.Net;
using System.Text.Json;
using Shouldly;
using Ticklake.Simulator;
using Xunit;

namespace Ticklake.Tests.Simulated;

public sealed class BinanceVenueTests
{
    const string List = """{"method":"LIST_SUBSCRIPTIONS","id":77}""";

    static readonly SimulatorOptions Options = new() { IsManual = true, EventsPerSecond = 60, Seed = 12 };

    [Theory]
    [InlineData("btcusdt@depth@100ms")]
    [InlineData("xrpbtc@depth")]
    public async Task A_rest_snapshot_taken_mid_stream_bridges_into_the_differences(string stream)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client =
            await SimulatedClient.ConnectAsync(simulator.BinanceWebSocket, "/stream?streams=" + stream);
        await client.DrainAsync(List, "\"id\":77");
        var symbol = stream[..stream.IndexOf('@', StringComparison.Ordinal)].ToUpperInvariant();
        simulator.Advance(TimeSpan.FromMilliseconds(3_250));
        using var http = new HttpClient();
        var snapshot = JsonDocument.Parse(
            await http.GetStringAsync(simulator.BinanceRest + $"/api/v3/depth?symbol={symbol}&limit=5000")).RootElement;
        simulator.Advance(TimeSpan.FromMilliseconds(6_750));
        await client.DrainAsync(List, "\"id\":77");

        var book = new RebuiltBook(isRaw: false);
        foreach (var level in snapshot.GetProperty("bids").EnumerateArray())
            book.ApplyBinance(level, isBid: true);
        foreach (var level in snapshot.GetProperty("asks").EnumerateArray())
            book.ApplyBinance(level, isBid: false);
        var id = snapshot.GetProperty("lastUpdateId").GetInt64();
        var applied = 0;
        long? last = null;
        foreach (var update in Payloads(client, stream))
        {
            var (first, final) = (update.GetProperty("U").GetInt64(), update.GetProperty("u").GetInt64());
            if (last is not null)
                first.ShouldBe(last.Value + 1);
            last = final;
            if (final <= id)
                continue;
            first.ShouldBeLessThanOrEqualTo(id + 1);
            foreach (var level in update.GetProperty("b").EnumerateArray())
                book.ApplyBinance(level, isBid: true);
            foreach (var level in update.GetProperty("a").EnumerateArray())
                book.ApplyBinance(level, isBid: false);
            id = final;
            applied++;
        }

        applied.ShouldBeGreaterThan(5);
        id.ShouldBe(simulator.Market(symbol).LastUpdateId);
        book.ShouldBe(simulator.Market(symbol).Snapshot());
    }

    [Fact]
    public async Task Every_documented_stream_delivers_and_the_truth_counts_its_frames()
    {
        string[] streams =
        [
            "btcusdt@trade", "btcusdt@aggTrade", "btcusdt@depth", "btcusdt@depth@100ms", "btcusdt@depth5",
            "btcusdt@depth20@100ms", "btcusdt@bookTicker", "btcusdt@ticker", "btcusdt@miniTicker", "btcusdt@kline_1s",
            "btcusdt@kline_1m", "!miniTicker@arr",
        ];
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client =
            await SimulatedClient.ConnectAsync(simulator.BinanceWebSocket, "/stream?timeUnit=MICROSECOND");
        await client.SendAsync($$"""{"method":"SUBSCRIBE","params":{{JsonSerializer.Serialize(streams)}},"id":"s1"}""");
        (await client.ReadAsync()).ShouldBe("""{"result":null,"id":"s1"}""");
        simulator.Advance(TimeSpan.FromSeconds(65));
        await client.DrainAsync(List, "\"id\":77");

        foreach (var stream in streams)
        {
            var payloads = Payloads(client, stream).ToArray();
            payloads.Length.ShouldBeGreaterThan(0, stream);
            simulator.Truth.Stream("binance", stream)!.Frames.ShouldBe(payloads.Length, stream);
        }

        Payloads(client, "btcusdt@kline_1m").Count(p => p.GetProperty("k").GetProperty("x").GetBoolean()).ShouldBe(1);
        Payloads(client, "btcusdt@trade").First().GetProperty("T").GetInt64().ShouldBeGreaterThan(100_000_000_000_000);
        var ids = Payloads(client, "btcusdt@trade").Select(p => p.GetProperty("t").GetInt64()).ToArray();
        ids.ShouldBe(Enumerable.Range(0, ids.Length).Select(i => ids[0] + i));
    }

    [Fact]
    public async Task Unknown_and_upper_case_names_are_acknowledged_and_silent()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await SimulatedClient.ConnectAsync(simulator.BinanceWebSocket, "/ws");
        await client.SendAsync("""{"method":"SUBSCRIBE","params":["BTCUSDT@trade","btcusdt@depth@250ms","nope@trade"],"id":1}""");
        (await client.ReadAsync()).ShouldBe("""{"result":null,"id":1}""");
        simulator.Advance(TimeSpan.FromSeconds(10));
        await client.SendAsync(List);
        (await client.ReadAsync()).ShouldBe(
            """{"result":["BTCUSDT@trade","btcusdt@depth@250ms","nope@trade"],"id":77}""");
    }

    [Theory]
    [InlineData("""{"method":"SING","id":5}""", 2)]
    [InlineData("""{"method":"SET_PROPERTY","params":["combined",7],"id":5}""", 1)]
    [InlineData("""{"method":"GET_PROPERTY","params":["colour"],"id":5}""", 0)]
    [InlineData("{\"method\":", 3)]
    public async Task Wrong_requests_have_their_documented_code(string request, int code)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await SimulatedClient.ConnectAsync(simulator.BinanceWebSocket, "/ws");
        await client.SendAsync(request);
        (await client.ReadAsync())!.ShouldStartWith($"{{\"code\":{code},\"msg\":");
    }

    [Fact]
    public async Task The_sixth_message_of_a_second_closes_the_connection_where_limits_are_kept()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { EnforcesLimits = true });
        await using var client = await SimulatedClient.ConnectAsync(simulator.BinanceWebSocket, "/stream");
        for (var i = 0; i < 6; i++)
            await client.SendAsync(List);
        while (await client.ReadAsync() is not null)
        {
        }

        ((int)client.Closed!).ShouldBe(1008);
    }

    [Fact]
    public async Task A_connection_ends_after_a_day_with_a_notice_before()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { EventsPerSecond = 0 });
        await using var client = await SimulatedClient.ConnectAsync(simulator.BinanceWebSocket, "/stream");
        await client.DrainAsync(List, "\"id\":77");
        simulator.Advance(TimeSpan.FromHours(24));
        (await client.ReadAsync())!.ShouldStartWith("""{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":""");
        (await client.ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Weight_is_counted_and_refused_with_retry_after()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { EnforcesLimits = true });
        using var http = new HttpClient();
        var url = simulator.BinanceRest + "/api/v3/depth?symbol=BTCUSDT&limit=5000";
        for (var i = 1; i <= 24; i++)
        {
            using var answer = await http.GetAsync(new Uri(url));
            answer.Headers.GetValues("X-MBX-USED-WEIGHT-1M").Single().ShouldBe((i * 250).ToString(null, null));
        }

        using var refused = await http.GetAsync(new Uri(url));
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBe(60);
        for (var i = 0; i < 20; i++)
            (await http.GetAsync(new Uri(url))).Dispose();
        using var banned = await http.GetAsync(new Uri(url));
        ((int)banned.StatusCode).ShouldBe(418);
    }

    [Fact]
    public async Task Rest_history_agrees_with_the_stream()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client =
            await SimulatedClient.ConnectAsync(simulator.BinanceWebSocket, "/stream?streams=ethusdt@aggTrade");
        await client.DrainAsync(List, "\"id\":77");
        simulator.Advance(TimeSpan.FromSeconds(30));
        await client.DrainAsync(List, "\"id\":77");
        var streamed = Payloads(client, "ethusdt@aggTrade").ToArray();
        using var http = new HttpClient { BaseAddress = new(simulator.BinanceRest + "/api/v3/") };
        var first = streamed[0].GetProperty("a").GetInt64();
        var rows = JsonDocument.Parse(
            await http.GetStringAsync($"aggTrades?symbol=ETHUSDT&fromId={first}&limit=1000")).RootElement;
        rows.EnumerateArray().Select(r => r.GetProperty("p").GetString() + r.GetProperty("q").GetString())
            .ShouldBe(streamed.Select(r => r.GetProperty("p").GetString() + r.GetProperty("q").GetString()));
        JsonDocument.Parse(await http.GetStringAsync("klines?symbol=ETHUSDT&interval=1m&limit=7"))
            .RootElement[0].GetArrayLength().ShouldBe(12);
        JsonDocument.Parse(await http.GetStringAsync("exchangeInfo"))
            .RootElement.GetProperty("symbols").GetArrayLength().ShouldBe(3);
        using var invalid = await http.GetAsync(new Uri("depth?symbol=NOPE", UriKind.Relative));
        (await invalid.Content.ReadAsStringAsync()).ShouldBe("""{"code":-1121,"msg":"Invalid symbol."}""");
    }

    static IEnumerable<JsonElement> Payloads(SimulatedClient client, string stream) => client.Messages
        .Where(m => m.StartsWith($"{{\"stream\":\"{stream}\"", StringComparison.Ordinal))
        .Select(m => JsonDocument.Parse(m).RootElement.GetProperty("data"));
}
