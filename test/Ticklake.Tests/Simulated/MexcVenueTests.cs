using System.Globalization;
using System.Net;
using System.Text.Json;
using Shouldly;
using Ticklake.Simulator;
using Ticklake.Simulator.Faults;
using Ticklake.Tests.Exchanges.Mexc;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>The simulated MEXC, read by Google.Protobuf: neither our reader nor our writer judges itself.</summary>
public sealed class MexcVenueTests
{
    const string Ping = """{"method":"PING"}""";

    static readonly SimulatorOptions Options = new() { IsManual = true, EventsPerSecond = 60, Seed = 12 };

    [Theory]
    [InlineData("BTCUSDT", "100ms")]
    [InlineData("龙虾USDT", "10ms")]
    public async Task A_rest_snapshot_taken_mid_stream_bridges_into_ranges_without_a_hole(string symbol, string speed)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator, $"spot@public.aggre.depth.v3.api.pb@{speed}@{symbol}");
        simulator.Advance(TimeSpan.FromMilliseconds(3_250));
        using var http = new HttpClient();
        var snapshot = JsonDocument.Parse(await http.GetStringAsync(
            $"{simulator.Rest("mexc")}/api/v3/depth?symbol={Uri.EscapeDataString(symbol)}&limit=5000")).RootElement;
        simulator.Advance(TimeSpan.FromMilliseconds(6_750));
        await client.DrainAsync(Ping, "PONG");

        var (bids, asks) = (Side(snapshot, "bids"), Side(snapshot, "asks"));
        var version = snapshot.GetProperty("lastUpdateId").GetInt64();
        snapshot.GetProperty("timestamp").GetInt64().ShouldBeGreaterThan(0);
        long? last = null;
        foreach (var update in Pushes(client).Select(p => p.PublicAggreDepths))
        {
            var (from, to) = (Long(update.FromVersion), Long(update.ToVersion));
            from.ShouldBe(last + 1 ?? from);
            last = to;
            if (to <= version)
                continue;
            from.ShouldBeLessThanOrEqualTo(version + 1);
            Apply(bids, update.Bids);
            Apply(asks, update.Asks);
            version = to;
        }

        var truth = simulator.Market("mexc", symbol).Snapshot();
        version.ShouldBe(truth.LastUpdateId);
        bids.OrderByDescending(l => l.Key).Select(l => (l.Key, l.Value)).ShouldBe(truth.Bids.Select(r => (r.Price, r.Amount)));
        asks.OrderBy(l => l.Key).Select(l => (l.Key, l.Value)).ShouldBe(truth.Asks.Select(r => (r.Price, r.Amount)));
    }

    [Fact]
    public async Task Every_topic_delivers_under_its_body_and_the_truth_counts_its_frames()
    {
        (string Topic, PushWrapper.BodyOneofCase Body)[] topics =
        [
            ("aggre.deals.v3.api.pb@100ms@BTCUSDT", PushWrapper.BodyOneofCase.PublicAggreDeals),
            ("aggre.depth.v3.api.pb@10ms@BTCUSDT", PushWrapper.BodyOneofCase.PublicAggreDepths),
            ("aggre.bookTicker.v3.api.pb@100ms@BTCUSDT", PushWrapper.BodyOneofCase.PublicAggreBookTicker),
            ("bookTicker.batch.v3.api.pb@BTCUSDT", PushWrapper.BodyOneofCase.PublicBookTickerBatch),
            ("limit.depth.v3.api.pb@BTCUSDT@5", PushWrapper.BodyOneofCase.PublicLimitDepths),
            ("kline.v3.api.pb@BTCUSDT@Min1", PushWrapper.BodyOneofCase.PublicSpotKline),
            ("miniTicker.v3.api.pb@BTCUSDT@UTC+5:30", PushWrapper.BodyOneofCase.PublicMiniTicker),
        ];
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator, [.. topics.Select(t => "spot@public." + t.Topic)]);
        simulator.Advance(TimeSpan.FromSeconds(10));
        await client.DrainAsync(Ping, "PONG");
        var pushes = Pushes(client);
        foreach (var (topic, body) in topics)
        {
            var name = "spot@public." + topic;
            var own = pushes.Where(p => p.Channel == name).ToList();
            own.ShouldNotBeEmpty(topic);
            own.ShouldAllBe(p => p.BodyCase == body && p.Symbol == "BTCUSDT");
            simulator.Truth.Stream("mexc", name)!.Frames.ShouldBe(own.Count);
        }
    }

    [Fact]
    public async Task The_fast_quote_repeats_itself_and_counts_its_rows_once()
    {
        const string Topic = "spot@public.aggre.bookTicker.v3.api.pb@10ms@BTCUSDT";
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator, Topic);
        simulator.Advance(TimeSpan.FromSeconds(5));
        await client.DrainAsync(Ping, "PONG");
        var quotes = Pushes(client).Select(p => p.PublicAggreBookTicker.ToString()).ToList();
        quotes.Count.ShouldBe(500);
        simulator.Truth.Stream("mexc", Topic)!.Rows.ShouldBe(1 + quotes.Zip(quotes.Skip(1)).Count(p => p.First != p.Second));
    }

    [Fact]
    public async Task Refusals_have_code_0_and_an_answer_each()
    {
        const string Good = "spot@public.aggre.deals.v3.api.pb@100ms@BTCUSDT";
        const string Lower = "spot@public.aggre.deals.v3.api.pb@100ms@btcusdt";
        const string Old = "spot@public.deals.v3.api@BTCUSDT";
        const string NoZone = "spot@public.miniTicker.v3.api.pb@BTCUSDT";
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await SimulatedClient.ConnectAsync(simulator.WebSocket("mexc"), "/ws");
        await client.SendAsync($$"""{"method":"SUBSCRIPTION","params":["{{Lower}}","{{Good}}","{{Old}}","{{NoZone}}"],"id":5}""");
        await client.DrainAsync(Ping, "PONG");
        client.Messages.ShouldBe(
        [
            .. new[] { Lower, Old, NoZone }.Select(
                t => $$"""{"id":5,"code":0,"msg":"Not Subscribed successfully! [{{t}}].  Reason： Blocked! "}"""),
            $$"""{"id":5,"code":0,"msg":"{{Good}}"}""",
            """{"id":0,"code":0,"msg":"PONG"}""",
        ]);
    }

    [Fact]
    public async Task The_thirty_first_topic_is_accepted_and_silent()
    {
        string[] symbols = [.. Enumerable.Range(0, 31).Select(i => $"X{i}USDT")];
        await using var simulator = await ExchangeSimulator.StartAsync(
            Options with { Symbols = new Dictionary<string, IReadOnlyList<string>> { ["mexc"] = symbols } });
        await using var client = await ConnectAsync(simulator, [.. symbols.Select(s => $"spot@public.kline.v3.api.pb@{s}@Min1")]);
        simulator.Advance(TimeSpan.FromSeconds(2));
        await client.DrainAsync(Ping, "PONG");
        Pushes(client).Select(p => p.Symbol).Distinct().ShouldBe(symbols[..30], ignoreOrder: true);
    }

    [Fact]
    public async Task A_client_that_does_not_ping_is_cut_without_a_goodbye()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { EnforcesLimits = true });
        await using var client = await ConnectAsync(simulator, "spot@public.kline.v3.api.pb@BTCUSDT@Min1");
        simulator.Advance(TimeSpan.FromSeconds(45));
        await client.DrainAsync(Ping, "PONG");
        simulator.Advance(TimeSpan.FromSeconds(50));
        simulator.Truth.Connections[0].Closed.ShouldBeNull();
        simulator.Advance(TimeSpan.FromSeconds(12));
        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(async () =>
        {
            while (await client.ReadAsync() is not null)
            {
            }
        });
    }

    [Fact]
    public async Task A_burst_of_requests_runs_into_the_firewall()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { EnforcesLimits = true });
        using var http = new HttpClient();
        var codes = new List<HttpStatusCode>();
        for (var i = 0; i < 125; i++)
            codes.Add((await http.GetAsync($"{simulator.Rest("mexc")}/api/v3/ping")).StatusCode);
        codes.Count(c => c == HttpStatusCode.OK).ShouldBe(120);
        codes[^1].ShouldBe(HttpStatusCode.Forbidden);
        simulator.Advance(TimeSpan.FromSeconds(95));
        (await http.GetAsync($"{simulator.Rest("mexc")}/api/v3/ping")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Instruments_have_bases_and_quotes_and_no_tick_but_decimals()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        using var http = new HttpClient();
        var answer = await http.GetStringAsync($"{simulator.Rest("mexc")}/api/v3/exchangeInfo");
        var symbols = JsonDocument.Parse(answer).RootElement.GetProperty("symbols").EnumerateArray().ToList();
        symbols.Select(s => s.GetProperty("symbol").GetString()).ShouldBe(["BTCUSDT", "ETHUSDT", "龙虾USDT"]);
        symbols[2].GetProperty("baseAsset").GetString().ShouldBe("龙虾");
        symbols[0].GetProperty("quotePrecision").GetInt32().ShouldBe(2);
        symbols[0].GetProperty("status").GetString().ShouldBe("1");
    }

    [Fact]
    public async Task A_cut_message_is_still_a_binary_frame()
    {
        const string Topic = "spot@public.kline.v3.api.pb@BTCUSDT@Min1";
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        simulator.Faults.Arm(new FaultSpec(FaultKind.MalformedJson) { Stream = Topic, AfterMessages = 1 });
        await using var client = await ConnectAsync(simulator, Topic);
        simulator.Advance(TimeSpan.FromSeconds(1.5));
        await client.DrainAsync(Ping, "PONG");
        var cut = Convert.FromBase64String(client.Messages[1]);
        MexcFrames.IsWrapper(cut).ShouldBeFalse();
        simulator.Truth.Frames(1)[1].Text.ShouldBe(client.Messages[1]);
    }

    static async Task<SimulatedClient> ConnectAsync(ExchangeSimulator simulator, params string[] topics)
    {
        var client = await SimulatedClient.ConnectAsync(simulator.WebSocket("mexc"), "/ws");
        await client.SendAsync(
            $$"""{"method":"SUBSCRIPTION","params":[{{string.Join(',', topics.Select(t => $"\"{t}\""))}}],"id":1}""");
        await client.ReadUntilAsync("\"id\":1");
        return client;
    }

    static List<PushWrapper> Pushes(SimulatedClient client) =>
        [.. client.Messages.Where(m => m[0] != '{').Select(m => PushWrapper.Parser.ParseFrom(Convert.FromBase64String(m)))];

    static Dictionary<decimal, decimal> Side(JsonElement snapshot, string name) => snapshot.GetProperty(name).EnumerateArray()
        .ToDictionary(l => Number(l[0].GetString()!), l => Number(l[1].GetString()!));

    static void Apply(Dictionary<decimal, decimal> side, IEnumerable<Level> levels)
    {
        foreach (var level in levels)
        {
            if (level.Quantity == "0")
                side.Remove(Number(level.Price));
            else
                side[Number(level.Price)] = Number(level.Quantity);
        }
    }

    static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    static long Long(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
