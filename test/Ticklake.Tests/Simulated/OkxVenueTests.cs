using System.Text.Json;
using Shouldly;
using Ticklake.Simulator;
using Ticklake.Simulator.Faults;
using Xunit;

namespace Ticklake.Tests.Simulated;

public sealed class OkxVenueTests
{
    const string Last = """{"id":"done","op":"unsubscribe","args":[{"channel":"books5","instId":"NONE"}]}""";

    static readonly SimulatorOptions Options = new() { IsManual = true, EventsPerSecond = 60, Seed = 12 };

    [Fact]
    public async Task Differences_after_the_snapshot_chain_and_give_the_true_window()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await SimulatedClient.ConnectAsync(simulator.WebSocket("okx-swap"), "/public");
        await client.SendAsync(Ask("subscribe", "books", "BTC-USDT-SWAP"));
        await client.ReadUntilAsync("snapshot");
        simulator.Advance(TimeSpan.FromSeconds(10));
        await client.DrainAsync(Last, "\"done\"");

        var book = new RebuiltBook(isRaw: false);
        long last = -1;
        foreach (var frame in Frames(client, "books"))
        {
            foreach (var data in frame.GetProperty("data").EnumerateArray())
            {
                data.GetProperty("prevSeqId").GetInt64().ShouldBe(last);
                data.GetProperty("checksum").GetInt32().ShouldBe(0);
                last = data.GetProperty("seqId").GetInt64();
                foreach (var level in data.GetProperty("bids").EnumerateArray())
                    book.ApplyBinance(level, isBid: true);
                foreach (var level in data.GetProperty("asks").EnumerateArray())
                    book.ApplyBinance(level, isBid: false);
            }
        }

        book.ShouldBe(simulator.Window("books:BTC-USDT-SWAP")!);
        simulator.Window("books:BTC-USDT-SWAP")!.Bids.Count.ShouldBeLessThanOrEqualTo(400);
    }

    [Theory]
    [InlineData("okx", "BTC-USDT")]
    [InlineData("okx-futures", "ETH-USD-261225")]
    public async Task Every_channel_of_both_sockets_delivers(string venue, string symbol)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        foreach (var (door, channels) in new[]
        {
            ("/public", new[] { "books", "books5", "bbo-tbt", "trades", "tickers" }),
            ("/business", ["trades-all", "candle1s", "candle1m", "candle1Dutc"]),
        })
        {
            await using var client = await SimulatedClient.ConnectAsync(simulator.WebSocket(venue), door);
            foreach (var channel in channels)
            {
                await client.SendAsync(Ask("subscribe", channel, symbol));
                (await client.ReadUntilAsync("\"event\":")).ShouldContain("\"id\":\"r1\",\"event\":\"subscribe\"");
            }

            simulator.Advance(TimeSpan.FromSeconds(65));
            await client.DrainAsync(Last, "\"done\"");
            foreach (var channel in channels)
            {
                Frames(client, channel).Count().ShouldBeGreaterThan(0, channel);
                simulator.Truth.Stream(venue, $"{channel}:{symbol}")!.Frames.ShouldBe(Frames(client, channel).Count(), channel);
            }
        }
    }

    [Fact]
    public async Task Folded_trades_stand_for_all_their_fills()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await SimulatedClient.ConnectAsync(simulator.WebSocket("okx"), "/public");
        await client.SendAsync(Ask("subscribe", "trades", "BTC-USDT"));
        await client.ReadUntilAsync("tradeId");
        simulator.Advance(TimeSpan.FromSeconds(30));
        await client.DrainAsync(Last, "\"done\"");
        var trades = Frames(client, "trades").Select(f => f.GetProperty("data")[0]).ToList();
        trades.ShouldContain(t => t.GetProperty("count").GetString() != "1");
        for (var i = 1; i < trades.Count; i++)
            (Id(trades[i], "tradeId") - Id(trades[i], "count")).ShouldBe(Id(trades[i - 1], "tradeId"));

        static long Id(JsonElement trade, string name) => long.Parse(trade.GetProperty(name).GetString()!, null);
    }

    [Theory]
    [InlineData("/public", """{"op":"subscribe","args":[{"channel":"books","instId":"NOPE-USDT"}]}""", "60018", "channel:books,instId:NOPE-USDT")]
    [InlineData("/public", """{"op":"subscribe","args":[{"channel":"candle1m","instId":"BTC-USDT"}]}""", "64001", "business")]
    [InlineData("/business", """{"op":"subscribe","args":[{"channel":"books","instId":"BTC-USDT"}]}""", "64002", "public")]
    [InlineData("/public", """{"op":"subscribe","args":[{"channel":"books-l2-tbt","instId":"BTC-USDT"}]}""", "64003", "tier")]
    [InlineData("/public", """{"op":"sing","args":[]}""", "60019", "sing")]
    [InlineData("/public", """{"args":[]}""", "60012", "request")]
    [InlineData("/public", """{"op":"subscribe"}""", "60013", "args")]
    [InlineData("/public", "{", "60012", "request")]
    public async Task Wrong_requests_have_their_documented_code(string door, string request, string code, string text)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await SimulatedClient.ConnectAsync(simulator.WebSocket("okx"), door);
        await client.SendAsync(request);
        var answer = JsonDocument.Parse((await client.ReadAsync())!).RootElement;
        answer.GetProperty("event").GetString().ShouldBe("error");
        answer.GetProperty("code").GetString().ShouldBe(code);
        answer.GetProperty("msg").GetString()!.ShouldContain(text);
    }

    [Fact]
    public async Task An_argument_asked_for_twice_is_acknowledged_again_without_a_second_snapshot()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await SimulatedClient.ConnectAsync(simulator.WebSocket("okx"), "/public");
        await client.SendAsync(Ask("subscribe", "books", "BTC-USDT"));
        await client.SendAsync(Ask("subscribe", "books", "BTC-USDT"));
        await client.DrainAsync(Last, "\"done\"");
        client.Messages.Count(m => m.Contains("\"subscribe\"")).ShouldBe(2);
        client.Messages.Count(m => m.Contains("snapshot")).ShouldBe(1);
    }

    [Fact]
    public async Task A_text_ping_is_answered_and_silence_ends_the_connection_where_limits_are_kept()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { EnforcesLimits = true });
        await using var client = await SimulatedClient.ConnectAsync(simulator.WebSocket("okx"), "/business");
        for (var i = 0; i < 4; i++)
        {
            await client.SendAsync("ping");
            (await client.ReadAsync()).ShouldBe("pong");
            simulator.Advance(TimeSpan.FromSeconds(20));
        }

        simulator.Advance(TimeSpan.FromSeconds(31));
        (await client.ReadAsync()).ShouldBeNull();
        ((int?)client.Closed).ShouldBe(4004);
    }

    [Fact]
    public async Task More_than_480_requests_an_hour_are_refused_where_limits_are_kept()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { EnforcesLimits = true });
        await using var client = await SimulatedClient.ConnectAsync(simulator.WebSocket("okx"), "/public");
        for (var i = 0; i < 480; i++)
            await client.DrainAsync(Last, "\"done\"");
        await client.SendAsync(Ask("subscribe", "books", "BTC-USDT"));
        (await client.ReadAsync())!.ShouldContain("\"code\":\"60014\"");
    }

    [Fact]
    public async Task A_service_upgrade_is_announced_on_both_sockets()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var one = await SimulatedClient.ConnectAsync(simulator.WebSocket("okx"), "/public");
        await using var other = await SimulatedClient.ConnectAsync(simulator.WebSocket("okx"), "/business");
        simulator.Faults.Arm(new FaultSpec(FaultKind.DailyCut) { Exchange = "okx", DurationMs = 60_000 });
        simulator.Advance(TimeSpan.FromSeconds(61));
        foreach (var client in new[] { one, other })
        {
            (await client.ReadAsync())!.ShouldContain("\"event\":\"notice\",\"code\":\"64008\"");
            (await client.ReadAsync()).ShouldBeNull();
        }
    }

    [Fact]
    public async Task Rest_has_time_instruments_books_and_errors()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        using var http = new HttpClient();
        async Task<JsonElement> Get(string venue, string path) =>
            JsonDocument.Parse(await (await http.GetAsync($"{simulator.Rest(venue)}/api/v5/{path}")).Content.ReadAsStringAsync())
                .RootElement;
        var time = (await Get("okx", "public/time")).GetProperty("data")[0].GetProperty("ts").GetString();
        time.ShouldBe(simulator.Now.ToUnixTimeMilliseconds().ToString());
        var swap = (await Get("okx-swap", "public/instruments?instType=SWAP")).GetProperty("data")[0];
        swap.GetProperty("instId").GetString().ShouldBe("BTC-USDT-SWAP");
        swap.GetProperty("ctVal").GetString().ShouldBe("0.01");
        swap.GetProperty("ctType").GetString().ShouldBe("linear");
        var future = (await Get("okx-futures", "public/instruments?instType=FUTURES")).GetProperty("data")[0];
        future.GetProperty("expTime").GetString().ShouldBe("1798185600000");
        var spot = (await Get("okx", "public/instruments?instType=SPOT")).GetProperty("data")[0];
        (spot.GetProperty("baseCcy").GetString(), spot.GetProperty("quoteCcy").GetString(), spot.GetProperty("state").GetString())
            .ShouldBe(("BTC", "USDT", "live"));
        var book = (await Get("okx", "market/books?instId=BTC-USDT&sz=400")).GetProperty("data")[0];
        book.GetProperty("bids").GetArrayLength().ShouldBe(simulator.Window("books:BTC-USDT")!.Bids.Count);
        (await Get("okx", "market/books?instId=NOPE")).GetProperty("code").GetString().ShouldBe("51001");
        (await Get("okx", "public/instruments?instType=X")).GetProperty("code").GetString().ShouldBe("51000");
    }

    static string Ask(string op, string channel, string symbol) =>
        $$"""{"id":"r1","op":"{{op}}","args":[{"channel":"{{channel}}","instId":"{{symbol}}"}]}""";

    static IEnumerable<JsonElement> Frames(SimulatedClient client, string channel) => client.Messages
        .Where(m => m.StartsWith($"{{\"arg\":{{\"channel\":\"{channel}\"", StringComparison.Ordinal))
        .Select(m => JsonDocument.Parse(m).RootElement);
}
