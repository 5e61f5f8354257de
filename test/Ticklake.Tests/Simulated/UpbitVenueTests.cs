using System.Text;
using System.Text.Json;
using Shouldly;
using Ticklake.Simulator;
using Xunit;

namespace Ticklake.Tests.Simulated;

public sealed class UpbitVenueTests
{
    const string List = """[{"ticket":"q1"},{"method":"LIST_SUBSCRIPTIONS"}]""";

    static readonly SimulatorOptions Options = new() { IsManual = true, EventsPerSecond = 60, Seed = 12 };

    [Fact]
    public async Task Every_type_delivers_binary_frames_a_snapshot_first_and_the_truth_counts_them()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator);
        string[] types = ["orderbook", "trade", "ticker", "candle.1m"];
        await client.SendAsync(Request([.. types.Select(t => (t, "KRW-BTC"))]));
        await DrainAsync(client, "before");
        simulator.Advance(TimeSpan.FromSeconds(20));
        await DrainAsync(client, "after");

        foreach (var type in types)
        {
            var frames = Frames(client, type).ToArray();
            frames[0].GetProperty("stream_type").GetString().ShouldBe("SNAPSHOT", type);
            frames.Skip(1).ShouldAllBe(f => f.GetProperty("stream_type").GetString() == "REALTIME", type);
            frames.Length.ShouldBeGreaterThan(1, type);
            simulator.Truth.Stream("upbit", type + " KRW-BTC")!.Frames.ShouldBe(frames.Length, type);
        }

        var ids = Frames(client, "trade").Select(t => t.GetProperty("sequential_id").GetInt64()).ToArray();
        ids.ShouldBeUnique();
        ids.Min().ShouldBeGreaterThan(1L << 53);
        Text(client.Messages[0]).ShouldContain("E8", customMessage: "won have exponents");
    }

    [Fact]
    public async Task A_book_frame_holds_the_best_levels_and_their_sums()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator);
        await client.SendAsync(Request(("orderbook", "KRW-BTC")));
        await DrainAsync(client, "before");
        simulator.Advance(TimeSpan.FromSeconds(5));
        await DrainAsync(client, "after");

        var last = Frames(client, "orderbook").Last();
        var units = last.GetProperty("orderbook_units").EnumerateArray().ToArray();
        var truth = simulator.Market("upbit", "KRW-BTC").Snapshot(30);
        units.Select(u => (u.GetProperty("bid_price").GetDecimal(), u.GetProperty("bid_size").GetDecimal()))
            .ShouldBe(truth.Bids.Select(r => (r.Price, r.Amount)));
        units.Sum(u => u.GetProperty("ask_size").GetDecimal()).ShouldBe(last.GetProperty("total_ask_size").GetDecimal());
    }

    [Fact]
    public async Task A_request_replaces_the_one_before_it_and_the_format_holds_for_the_connection()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator);
        await client.SendAsync(Request(("trade", "KRW-BTC"), ("ticker", "KRW-BTC")));
        await client.SendAsync(List);
        (await ReadUntilAsync(client, "LIST_SUBSCRIPTIONS")).ShouldContain(
            """[{"type":"trade","codes":["KRW-BTC"]},{"type":"ticker","codes":["KRW-BTC"]}]""");
        await client.SendAsync("""[{"ticket":"x"},{"type":"trade","codes":["KRW-ETH"]},{"format":"SIMPLE_LIST"}]""");
        await client.SendAsync("""[{"ticket":"q2"},{"method":"LIST_SUBSCRIPTIONS"},{"format":"SIMPLE_LIST"}]""");
        (await ReadUntilAsync(client, "q2")).ShouldContain("""[{"ty":"trade","cds":["KRW-ETH"]}]""");
        Text(client.Messages[^2]).ShouldStartWith("[{\"ty\":\"trade\",\"cd\":\"KRW-ETH\"");
    }

    [Theory]
    [InlineData("""{"ticket":"x"}""", "WRONG_FORMAT")]
    [InlineData("[{", "WRONG_FORMAT")]
    [InlineData("""[{"type":"trade","codes":["KRW-BTC"]}]""", "NO_TICKET")]
    [InlineData("""[{"ticket":"x"}]""", "NO_TYPE")]
    [InlineData("""[{"ticket":"x"},{"type":"trade"}]""", "NO_CODES")]
    [InlineData("""[{"ticket":"x"},{"type":"trade","codes":[]}]""", "INVALID_PARAM")]
    public async Task Wrong_requests_have_their_documented_name(string request, string name)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator);
        await client.SendAsync(request);
        Text((await client.ReadAsync())!).ShouldStartWith($"{{\"error\":{{\"name\":\"{name}\"");
        await client.SendAsync("PING");
        (await client.ReadAsync()).ShouldBe("{\"status\":\"UP\"}", "the connection stays open");
    }

    [Fact]
    public async Task After_a_ping_the_status_comes_every_ten_seconds()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator);
        await client.SendAsync("PING");
        await client.ReadAsync();
        simulator.Advance(TimeSpan.FromSeconds(30));
        for (var i = 0; i < 3; i++)
            (await client.ReadAsync()).ShouldBe("{\"status\":\"UP\"}");
    }

    [Fact]
    public async Task The_sixth_request_of_a_second_closes_the_connection_where_limits_are_kept()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { EnforcesLimits = true });
        await using var client = await ConnectAsync(simulator);
        for (var i = 0; i < 6; i++)
            await client.SendAsync(List);
        while (await client.ReadAsync() is not null)
        {
        }

        ((int)client.Closed!).ShouldBe(1008);
    }

    [Fact]
    public async Task Rest_describes_markets_ticks_and_the_past()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        simulator.Advance(TimeSpan.FromSeconds(20));
        using var http = new HttpClient();
        foreach (var (path, count) in new[]
        {
            ("market/all", 3), ("orderbook/instruments?markets=KRW-BTC,KRW-ETH", 2), ("orderbook?markets=KRW-BTC", 1),
            ("ticker?markets=KRW-BTC,BTC-XRP", 2), ("trades/ticks?market=KRW-BTC&count=3", 3), ("trades/ticks?market=KRW-BTC", 1),
            ("candles/minutes/1?market=KRW-BTC&count=5", 5),
        })
        {
            using var answer = await http.GetAsync($"{simulator.Rest("upbit")}/v1/{path}");
            answer.Headers.GetValues("Remaining-Req").Single().ShouldStartWith("group=");
            JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetArrayLength().ShouldBe(count, path);
        }
    }

    static Task<SimulatedClient> ConnectAsync(ExchangeSimulator simulator) =>
        SimulatedClient.ConnectAsync(simulator.WebSocket("upbit"), "/websocket/v1");

    static string Request(params (string Type, string Code)[] wanted) => "[{\"ticket\":\"x\"},"
        + string.Join(',', wanted.Select(w => $$"""{"type":"{{w.Type}}","codes":["{{w.Code}}"]}""")) + "]";

    static async Task DrainAsync(SimulatedClient client, string ticket)
    {
        await client.SendAsync($$"""[{"ticket":"{{ticket}}"},{"method":"LIST_SUBSCRIPTIONS"}]""");
        await ReadUntilAsync(client, ticket);
    }

    static async Task<string> ReadUntilAsync(SimulatedClient client, string part)
    {
        while (await client.ReadAsync() is { } message)
        {
            if (Text(message) is var text && text.Contains(part, StringComparison.Ordinal))
                return text;
        }

        throw new InvalidOperationException($"Closed before '{part}' came.");
    }

    static IEnumerable<JsonElement> Frames(SimulatedClient client, string type) => client.Messages.Select(Text)
        .Select(m => JsonDocument.Parse(m).RootElement)
        .Where(m => m.TryGetProperty("type", out var t) && t.GetString() == type);

    // Binary messages are kept in base64.
    static string Text(string message) =>
        message[0] is '{' or '[' ? message : Encoding.UTF8.GetString(Convert.FromBase64String(message));
}
