using System.Net;
using System.Text.Json;
using Shouldly;
using Ticklake.Simulator;
using Xunit;

namespace Ticklake.Tests.Simulated;

public sealed class CoinbaseVenueTests
{
    const string Heartbeats = """{"type":"subscribe","channel":"heartbeats"}""";

    static readonly SimulatorOptions Options = new() { IsManual = true, EventsPerSecond = 60, Seed = 12 };

    [Fact]
    public async Task Advanced_trade_numbers_every_frame_from_zero_and_its_book_is_the_market()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await SimulatedClient.ConnectAsync(simulator.WebSocket("coinbase"));
        await client.SendAsync(Heartbeats);
        await client.ReadUntilAsync("subscriptions");
        foreach (var channel in new[] { "level2", "market_trades", "ticker", "candles" })
            await client.DrainAsync(Ask(channel, "BTC-USD"), $"\"{channel}\":[\"BTC-USD\"]");
        simulator.Advance(TimeSpan.FromSeconds(20));
        await client.DrainAsync(Heartbeats, "subscriptions");

        var frames = client.Messages.ConvertAll(m => JsonDocument.Parse(m).RootElement);
        frames.Select(f => f.GetProperty("sequence_num").GetInt64()).ShouldBe(Enumerable.Range(0, frames.Count).Select(i => (long)i));
        frames.Select(f => f.GetProperty("channel").GetString()).Distinct().Order().ShouldBe(
            ["candles", "heartbeats", "l2_data", "market_trades", "subscriptions", "ticker"]);
        frames.Count(f => f.GetProperty("channel").GetString() == "heartbeats").ShouldBe(20);
        BookOf(frames).ShouldBe(simulator.Market("coinbase", "BTC-USD").Snapshot());
    }

    [Fact]
    public async Task The_thirty_first_book_of_a_connection_is_refused()
    {
        var symbols = Enumerable.Range(1, 31).Select(i => $"X{i}-USD").ToArray();
        await using var simulator = await ExchangeSimulator.StartAsync(Options with
        {
            EventsPerSecond = 1,
            Symbols = new Dictionary<string, IReadOnlyList<string>> { ["coinbase"] = symbols },
        });
        await using var client = await SimulatedClient.ConnectAsync(simulator.WebSocket("coinbase"));
        await client.SendAsync(Ask("level2", symbols));
        (await client.ReadUntilAsync("error")).ShouldBe(
            """{"type":"error","message":"too many L2 streams requested in a single session"}""");
        (await client.ReadUntilAsync("subscriptions")).ShouldNotContain("X31-USD");
    }

    [Fact]
    public async Task A_usdc_product_is_delivered_as_the_usd_one()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await SimulatedClient.ConnectAsync(simulator.WebSocket("coinbase"));
        await client.SendAsync(Ask("ticker", "BTC-USDC"));
        (await client.ReadAsync()).ShouldNotBeNull().ShouldContain("\"product_id\":\"BTC-USD\"");
        (await client.ReadAsync()).ShouldNotBeNull().ShouldContain("\"ticker\":[\"BTC-USD\"]");
    }

    [Fact]
    public async Task Exchange_begins_with_the_last_match_and_counts_on_from_it()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await SimulatedClient.ConnectAsync(simulator.OtherDoors("coinbase")["exchange"]);
        const string Request = """{"type":"subscribe","product_ids":["BTC-USD"],"channels":["matches","heartbeat","ticker","level2_batch"]}""";
        await client.DrainAsync(Request, "subscriptions");
        simulator.Advance(TimeSpan.FromSeconds(20));
        await client.DrainAsync(Request, "subscriptions");

        var frames = client.Messages.ConvertAll(m => JsonDocument.Parse(m).RootElement);
        string Type(JsonElement frame) => frame.GetProperty("type").GetString()!;
        Type(frames[0]).ShouldBe("last_match");
        var trades = frames.Where(f => Type(f) is "match" or "last_match").Select(f => f.GetProperty("trade_id").GetInt64()).ToList();
        trades.Count.ShouldBeGreaterThan(10);
        trades.ShouldBe(Enumerable.Range(0, trades.Count).Select(i => trades[0] + i));
        frames.Last(f => Type(f) == "heartbeat").GetProperty("last_trade_id").GetInt64().ShouldBeLessThanOrEqualTo(trades[^1]);
        frames.Select(Type).Distinct().Order().ShouldBe(
            ["heartbeat", "l2update", "last_match", "match", "snapshot", "subscriptions", "ticker"]);
    }

    [Theory]
    [InlineData("""{"type":"subscribe","product_ids":["FOO-USD","BTC-USD"],"channels":["matches"]}""", "FOO-USD is not a valid product")]
    [InlineData("""{"type":"subscribe","product_ids":["BTC-USD"],"channels":["level2"]}""", "now require authentication")]
    [InlineData("""{"type":"subscribe","product_ids":["BTC-USD"],"channels":["gossip"]}""", "gossip is not a valid channel")]
    public async Task Exchange_refuses_a_whole_request(string request, string reason)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await SimulatedClient.ConnectAsync(simulator.OtherDoors("coinbase")["exchange"]);
        await client.SendAsync(request);
        var answer = (await client.ReadAsync()).ShouldNotBeNull();
        answer.ShouldStartWith("""{"type":"error","message":"Failed to subscribe","reason":""");
        answer.ShouldContain(reason);
    }

    [Fact]
    public async Task Rest_wants_a_user_agent_and_tells_aliases()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        using var http = new HttpClient { BaseAddress = new Uri(simulator.Rest("coinbase") + "/") };
        var refused = await http.GetAsync("products");
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).ShouldBe("""{"message":"User-Agent header is required."}""");
        http.DefaultRequestHeaders.UserAgent.ParseAdd("test/1");
        foreach (var path in new[]
        {
            "products", "products/BTC-USD/book?level=2", "products/BTC-USD/trades", "time", "api/v3/brokerage/time",
            "api/v3/brokerage/market/product_book?product_id=BTC-USD",
        })
        {
            using var answer = JsonDocument.Parse(await http.GetStringAsync(path));
        }

        using var products = JsonDocument.Parse(await http.GetStringAsync("api/v3/brokerage/market/products"));
        products.RootElement.GetProperty("products").EnumerateArray()
            .Single(p => p.GetProperty("product_id").GetString() == "BTC-USDC").GetProperty("alias").GetString().ShouldBe("BTC-USD");
    }

    static string Ask(string channel, params string[] products) =>
        $$"""{"type":"subscribe","product_ids":{{JsonSerializer.Serialize(products)}},"channel":"{{channel}}"}""";

    static RebuiltBook BookOf(List<JsonElement> frames)
    {
        var book = new RebuiltBook(isRaw: false);
        foreach (var row in frames.Where(f => f.GetProperty("channel").GetString() == "l2_data")
            .SelectMany(f => f.GetProperty("events").EnumerateArray()).SelectMany(e => e.GetProperty("updates").EnumerateArray()))
        {
            var level = JsonDocument.Parse($"[{row.GetProperty("price_level").GetRawText()},{row.GetProperty("new_quantity").GetRawText()}]");
            book.ApplyBinance(level.RootElement, row.GetProperty("side").GetString() == "bid");
        }

        return book;
    }
}
