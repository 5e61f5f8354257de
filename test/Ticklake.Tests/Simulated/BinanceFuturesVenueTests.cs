using System.Net;
using System.Text.Json;
using Shouldly;
using Ticklake.Simulator;
using Xunit;

namespace Ticklake.Tests.Simulated;

public sealed class BinanceFuturesVenueTests
{
    const string Venue = "binance-usdm";
    const string List = """{"method":"LIST_SUBSCRIPTIONS","id":77}""";

    static readonly SimulatorOptions Options = new() { IsManual = true, EventsPerSecond = 60, Seed = 12 };

    [Theory]
    [InlineData("btcusdt@depth@0ms")]
    [InlineData("btcusdt@depth@100ms")]
    [InlineData("ethusdt@depth")]
    [InlineData("btcusdt_261225@depth@500ms")]
    public async Task A_rest_snapshot_taken_mid_stream_bridges_into_the_differences(string stream)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator, "/public/stream?streams=" + stream);
        var symbol = stream[..stream.IndexOf('@', StringComparison.Ordinal)].ToUpperInvariant();
        simulator.Advance(TimeSpan.FromMilliseconds(3_250));
        using var http = new HttpClient();
        var snapshot = JsonDocument.Parse(await http.GetStringAsync(
            simulator.Rest(Venue) + $"/fapi/v1/depth?symbol={symbol}&limit=1000")).RootElement;
        simulator.Advance(TimeSpan.FromMilliseconds(6_750));
        await client.DrainAsync(List, "\"id\":77");

        var book = new RebuiltBook(isRaw: false);
        Apply(book, snapshot, "bids", "asks");
        var id = snapshot.GetProperty("lastUpdateId").GetInt64();
        id.ShouldBeGreaterThan(1L << 43);
        var (applied, last, isJoined) = (0, 0L, false);
        foreach (var update in Payloads(client, stream))
        {
            var (first, final, previous) =
                (update.GetProperty("U").GetInt64(), update.GetProperty("u").GetInt64(), update.GetProperty("pu").GetInt64());
            if (last != 0)
                previous.ShouldBe(last);
            first.ShouldNotBe(previous + 1, "ids jump");
            last = final;
            if (final < id)
                continue;
            if (!isJoined)
                (first <= id || previous == id).ShouldBeTrue("it spans the snapshot or names it");
            isJoined = true;
            Apply(book, update, "b", "a");
            applied++;
        }

        applied.ShouldBeGreaterThan(5);
        book.ShouldBe(simulator.Market(Venue, symbol).Snapshot());
    }

    [Fact]
    public async Task Every_stream_delivers_at_its_own_door_and_nothing_at_the_other()
    {
        string[] streams =
        [
            "btcusdt@trade", "btcusdt@depth@0ms", "btcusdt@depth", "btcusdt@depth20@100ms", "btcusdt@depth5@500ms",
            "btcusdt@bookTicker",
            "btcusdt@aggTrade", "btcusdt@ticker", "btcusdt@kline_1m", "btcusdt@markPrice", "btcusdt@markPrice@1s",
            "btcusdt@forceOrder", "!forceOrder@arr", "!markPrice@arr@1s",
        ];
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var first = await ConnectAsync(simulator, "/public/stream", streams);
        await using var second = await ConnectAsync(simulator, "/market/stream", streams);
        await using var old = await ConnectAsync(simulator, "/stream", streams);
        simulator.Advance(TimeSpan.FromSeconds(65));
        foreach (var client in new[] { first, second, old })
            await client.DrainAsync(List, "\"id\":77");
        for (var i = 0; i < streams.Length; i++)
        {
            Payloads(first, streams[i]).Any().ShouldBe(i < 6, streams[i]);
            Payloads(second, streams[i]).Any().ShouldBe(i >= 6, streams[i]);
            Payloads(old, streams[i]).Any().ShouldBe(i < 6, streams[i]);
        }

        var trades = Payloads(first, "btcusdt@trade").ToArray();
        trades.Select(t => t.GetProperty("t").GetInt64()).ShouldBe(
            Enumerable.Range(0, trades.Length).Select(i => trades[0].GetProperty("t").GetInt64() + i));
        trades.ShouldContain(t => t.GetProperty("X").GetString() == "INSURANCE_FUND");
        Payloads(second, "!markPrice@arr@1s").First().EnumerateArray().ShouldContain(m => m.GetProperty("st").GetInt32() == 2);
        Payloads(second, "btcusdt@aggTrade").Count().ShouldBeLessThan(trades.Length);
    }

    [Fact]
    public async Task Names_that_mean_nothing_are_acknowledged_and_silent()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(
            simulator, "/public/stream",
            ["BTCUSDT@depth", "btcusdt@depth@250ms", "btcusdt@depth20@250ms", "btcusdt@kline_1s", "nope@depth"]);
        simulator.Advance(TimeSpan.FromSeconds(10));
        await client.DrainAsync(List, "\"id\":77");
        client.Messages.Count.ShouldBe(2);
        client.Messages[^1].ShouldContain("btcusdt@depth20@250ms");
    }

    [Fact]
    public async Task Rest_has_its_own_limits_weights_and_answers()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { EnforcesLimits = true });
        using var http = new HttpClient { BaseAddress = new Uri(simulator.Rest(Venue) + "/fapi/v1/") };
        using var odd = await http.GetAsync("depth?symbol=BTCUSDT&limit=5000");
        odd.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await odd.Content.ReadAsStringAsync()).ShouldContain("-4021");
        Used(odd).ShouldBe(20, "what is refused costs its weight");
        using var usual = await http.GetAsync("depth?symbol=BTCUSDT");
        Used(usual).ShouldBe(21);
        var info = JsonDocument.Parse(await http.GetStringAsync("exchangeInfo")).RootElement;
        info.GetProperty("symbols").EnumerateArray().Select(s => s.GetProperty("contractType").GetString())
            .ShouldBe(["PERPETUAL", "PERPETUAL", "CURRENT_QUARTER"]);
        var premium = JsonDocument.Parse(await http.GetStringAsync("premiumIndex?symbol=BTCUSDT_261225")).RootElement;
        premium.GetProperty("lastFundingRate").GetString().ShouldBe("");
        premium.GetProperty("nextFundingTime").GetInt64().ShouldBe(0);
        HttpStatusCode status;
        do
        {
            using var answer = await http.GetAsync("depth?symbol=BTCUSDT&limit=1000");
            status = answer.StatusCode;
        }
        while (status == HttpStatusCode.OK);

        status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    static int Used(HttpResponseMessage answer) => int.Parse(answer.Headers.GetValues("X-MBX-USED-WEIGHT-1M").Single(), null);

    static async Task<SimulatedClient> ConnectAsync(ExchangeSimulator simulator, string path, string[]? streams = null)
    {
        var client = await SimulatedClient.ConnectAsync(simulator.WebSocket(Venue), path);
        if (streams is null)
            await client.DrainAsync(List, "\"id\":77");
        else
            await client.DrainAsync(
                $$"""{"method":"SUBSCRIBE","params":{{JsonSerializer.Serialize(streams)}},"id":1}""", "\"id\":1}");
        return client;
    }

    static IEnumerable<JsonElement> Payloads(SimulatedClient client, string stream) => client.Messages
        .Where(m => m.StartsWith($"{{\"stream\":\"{stream}\",", StringComparison.Ordinal))
        .Select(m => JsonDocument.Parse(m).RootElement.GetProperty("data"));

    static void Apply(RebuiltBook book, JsonElement levels, string bids, string asks)
    {
        foreach (var level in levels.GetProperty(bids).EnumerateArray())
            book.ApplyBinance(level, isBid: true);
        foreach (var level in levels.GetProperty(asks).EnumerateArray())
            book.ApplyBinance(level, isBid: false);
    }
}
