using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Shouldly;
using Ticklake.Simulator;
using Ticklake.Simulator.Faults;
using Xunit;

namespace Ticklake.Tests.Simulated;

public sealed class FaultTests
{
    const string Ping = """{"event":"ping","cid":7}""";
    const string List = """{"method":"LIST_SUBSCRIPTIONS","id":77}""";
    const string Trades = "trades:tBTCUSD";

    static readonly SimulatorOptions Options = new() { IsManual = true, EventsPerSecond = 60, Seed = 13 };

    [Theory]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.Duplicate)]
    [InlineData(FaultKind.Reorder)]
    [InlineData(FaultKind.SequenceJump)]
    [InlineData(FaultKind.MalformedJson)]
    public async Task The_first_break_of_the_sequence_is_the_frame_that_the_truth_names(FaultKind kind)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        simulator.Faults.Arm(new(kind) { Stream = Trades, AfterMessages = 20 });
        await using var client = await BitfinexAsync(simulator, 98304, "trades");
        simulator.Advance(TimeSpan.FromSeconds(20));
        await client.DrainAsync(Ping, "pong");

        var fault = simulator.Truth.Faults.ShouldHaveSingleItem();
        fault.Kind.ShouldBe(kind.ToString());
        fault.Stream.ShouldBe(Trades);
        FirstBreak(client).ShouldBe(fault.VisibleFrame);
        simulator.Truth.Frames(1).Select(f => f.Text).ShouldBe(client.Messages);
    }

    [Fact]
    public async Task A_dropped_trade_is_in_no_row_of_the_truth()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { MissingConfirmations = 1 });
        simulator.Faults.Arm(new(FaultKind.Drop) { Stream = Trades, AfterMessages = 5 });
        await using var client = await BitfinexAsync(simulator, 98304, "trades");
        simulator.Advance(TimeSpan.FromSeconds(20));
        await client.DrainAsync(Ping, "pong");
        var lost = JsonDocument.Parse(simulator.Truth.Faults.Single().Detail + "]").RootElement[2][0].GetInt64();
        simulator.Truth.Trades("bitfinex", Trades).ShouldNotContain(t => t.Id == lost);
        simulator.Truth.Trades("bitfinex", Trades).ShouldContain(t => t.Id == lost + 1);
    }

    [Fact]
    public async Task A_flipped_checksum_is_the_only_wrong_one()
    {
        await using var plain = await ExchangeSimulator.StartAsync(Options);
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        simulator.Faults.Arm(new(FaultKind.ChecksumFlip) { Stream = "book:*", AfterMessages = 3 });
        var (good, bad) = (await RunAsync(plain), await RunAsync(simulator));
        var different = Enumerable.Range(0, good.Count).Where(i => good[i] != bad[i]).ShouldHaveSingleItem();
        bad[different].ShouldContain("\"cs\"");
        simulator.Truth.Faults.Single().VisibleFrame.ShouldBe(different + 1);

        static async Task<List<string>> RunAsync(ExchangeSimulator simulator)
        {
            await using var client = await BitfinexAsync(simulator, 229376, "book");
            simulator.Advance(TimeSpan.FromSeconds(10));
            await client.DrainAsync(Ping, "pong");
            return [.. client.Messages.Where(m => !m.Contains("serverId", StringComparison.Ordinal)).Prepend("")];
        }
    }

    [Theory]
    [InlineData(FaultKind.Silence, 3)]
    [InlineData(FaultKind.Mute, 0)]
    public async Task Silence_holds_data_back_with_or_without_heartbeats_and_loses_none(FaultKind kind, int heartbeats)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await BitfinexAsync(simulator, 98304, "trades");
        // Of the one stream: a connection that is mute as a whole would not answer the ping either.
        simulator.Faults.Arm(new(kind) { Stream = Trades, AfterMessages = 1, DurationMs = 50_000 });
        await client.DrainAsync(Ping, "pong");
        simulator.Advance(TimeSpan.FromSeconds(49));
        var before = client.Messages.Count;
        await client.DrainAsync(Ping, "pong");
        client.Messages.Skip(before).Count(m => m.Contains("\"hb\"", StringComparison.Ordinal)).ShouldBe(heartbeats);
        client.Messages.Count.ShouldBe(before + heartbeats + 1);
        simulator.Advance(TimeSpan.FromSeconds(5));
        await client.DrainAsync(Ping, "pong");
        FirstBreak(client).ShouldBe(0);
        client.Messages.Count(m => m.Contains("\"te\"", StringComparison.Ordinal)).ShouldBeGreaterThan(50);
    }

    [Fact]
    public async Task Noise_and_huge_frames_come_between_good_ones()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await BitfinexAsync(simulator, 98304, "trades");
        simulator.Faults.Arm(new(FaultKind.GarbageFrame));
        simulator.Faults.Arm(new(FaultKind.HugeFrame));
        simulator.Faults.Arm(new(FaultKind.FragmentedFrame) { Stream = Trades });
        simulator.Advance(TimeSpan.FromSeconds(10));
        await client.DrainAsync(Ping, "pong");
        client.Messages.Max(m => m.Length).ShouldBe(16 * 1024 * 1024);
        simulator.Truth.Faults.Count.ShouldBe(3);
        simulator.Truth.Frames(1).Count.ShouldBe(client.Messages.Count);
        client.Messages.RemoveAll(m => m.Contains('\u0001', StringComparison.Ordinal));
        FirstBreak(client).ShouldBe(0);
    }

    [Theory]
    [InlineData(FaultKind.TruncatedFrame)]
    [InlineData(FaultKind.Reset)]
    public async Task A_cut_connection_ends_without_a_close_frame(FaultKind kind)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        simulator.Faults.Arm(new(kind) { Stream = Trades, AfterMessages = 5 });
        await using var client = await BitfinexAsync(simulator, 98304, "trades");
        simulator.Advance(TimeSpan.FromSeconds(20));
        await Should.ThrowAsync<WebSocketException>(() => client.DrainAsync(Ping, "pong"));
        simulator.Truth.Faults.Single().Kind.ShouldBe(kind.ToString());
    }

    [Fact]
    public async Task Maintenance_stops_the_channels_until_they_are_asked_for_again()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await BitfinexAsync(simulator, 98304, "book");
        simulator.Faults.ArmJson("""{"kind":"maintenance","exchange":"bitfinex","after_ms":1000,"duration_ms":30000}""");
        simulator.Advance(TimeSpan.FromSeconds(40));
        await client.ReadUntilAsync("20060");
        await client.ReadUntilAsync("20061");
        client.Messages.Skip(client.Messages.FindIndex(m => m.Contains("20060", StringComparison.Ordinal)))
            .ShouldAllBe(m => m[0] == '{' || m.Contains("\"hb\"", StringComparison.Ordinal));
        var chanId = JsonDocument.Parse(
            client.Messages.First(m => m.Contains("\"subscribed\"", StringComparison.Ordinal)))
            .RootElement.GetProperty("chanId").GetInt32();
        await client.DrainAsync($$"""{"event":"unsubscribe","chanId":{{chanId}}}""", "\"unsubscribed\"");
        await client.SendAsync("""{"event":"subscribe","channel":"book","symbol":"tBTCUSD"}""");
        await client.ReadUntilAsync("[[");
    }

    [Fact]
    public async Task A_restart_is_announced_and_closes()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await BitfinexAsync(simulator, 98304, "trades");
        simulator.Faults.Arm(new(FaultKind.Restart) { Exchange = "bitfinex", DurationMs = 500 });
        simulator.Advance(TimeSpan.FromSeconds(1));
        await client.ReadUntilAsync("20051");
        while (await client.ReadAsync() is not null)
        {
        }

        ((int)client.Closed!).ShouldBe(1012);
    }

    [Fact]
    public async Task Subscriptions_are_refused_or_acknowledged_and_silent()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        simulator.Faults.Arm(new(FaultKind.RefuseSubscription) { Stream = Trades, Code = 10001 });
        simulator.Faults.Arm(new(FaultKind.SilentSubscription) { Stream = Trades });
        simulator.Faults.Arm(new(FaultKind.SilentSubscription) { Stream = "btcusdt@trade" });
        simulator.Faults.Arm(new(FaultKind.RefuseSubscription) { Stream = "ethusdt@*", Code = 4 });
        await using var client = await SimulatedClient.ConnectAsync(simulator.BitfinexWebSocket);
        await client.SendAsync("""{"event":"subscribe","channel":"trades","symbol":"tBTCUSD"}""");
        (await client.ReadUntilAsync("error")).ShouldContain("10001");
        await client.DrainAsync("""{"event":"subscribe","channel":"trades","symbol":"tBTCUSD"}""", "subscribed");
        await using var other = await SimulatedClient.ConnectAsync(simulator.BinanceWebSocket, "/ws/btcusdt@trade");
        await other.SendAsync("""{"method":"SUBSCRIBE","params":["ethusdt@trade"],"id":3}""");
        (await other.ReadAsync()).ShouldBe("""{"error":{"code":4,"msg":"Too many subscriptions"},"id":3}""");
        simulator.Advance(TimeSpan.FromSeconds(10));
        await client.DrainAsync(Ping, "pong");
        client.Messages.ShouldAllBe(m => m[0] == '{');
        await other.DrainAsync(List, "\"id\":77");
        other.Messages.Count.ShouldBe(2);
        simulator.Truth.Faults.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.SequenceJump)]
    public async Task A_hole_in_the_update_ids_shows_in_the_next_difference(FaultKind kind)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        simulator.Faults.Arm(new(kind) { Stream = "btcusdt@depth@100ms", AfterMessages = 7 });
        await using var client = await SimulatedClient.ConnectAsync(
            simulator.BinanceWebSocket, "/stream?streams=btcusdt@depth@100ms/btcusdt@trade");
        await client.DrainAsync(List, "\"id\":77");
        simulator.Advance(TimeSpan.FromSeconds(5));
        await client.DrainAsync(List, "\"id\":77");
        long last = 0;
        var broken = 0;
        for (var i = 0; i < client.Messages.Count && broken == 0; i++)
        {
            if (!client.Messages[i].Contains("depthUpdate", StringComparison.Ordinal))
                continue;
            var data = JsonDocument.Parse(client.Messages[i]).RootElement.GetProperty("data");
            if (last != 0 && data.GetProperty("U").GetInt64() != last + 1)
                broken = i + 1;
            last = data.GetProperty("u").GetInt64();
        }

        broken.ShouldBeGreaterThan(0);
        simulator.Truth.Faults.Single().VisibleFrame.ShouldBe(broken);
    }

    [Fact]
    public async Task Rest_is_refused_banned_or_stale_as_ordered()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        simulator.Faults.ArmJson("""
            [{"kind":"rate_limit","exchange":"binance","stream":"depth","retry_after_seconds":7},
             {"kind":"ban","exchange":"binance","stream":"depth","after_messages":1,"retry_after_seconds":120},
             {"kind":"stale_snapshot","exchange":"binance","stream":"BTCUSDT"},
             {"kind":"refuse_connection","exchange":"bitfinex"}]
            """);
        simulator.Advance(TimeSpan.FromSeconds(5));
        using var http = new HttpClient();
        var url = new Uri(simulator.BinanceRest + "/api/v3/depth?symbol=BTCUSDT");
        using var limited = await http.GetAsync(url);
        limited.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        limited.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBe(7);
        using var banned = await http.GetAsync(url);
        ((int)banned.StatusCode).ShouldBe(418);
        Id(await http.GetStringAsync(url)).ShouldBe(simulator.Market("BTCUSDT").Opening.LastUpdateId);
        Id(await http.GetStringAsync(url)).ShouldBe(simulator.Market("BTCUSDT").LastUpdateId);
        await Should.ThrowAsync<WebSocketException>(() => SimulatedClient.ConnectAsync(simulator.BitfinexWebSocket));
        await using var client = await SimulatedClient.ConnectAsync(simulator.BitfinexWebSocket);

        static long Id(string json) => JsonDocument.Parse(json).RootElement.GetProperty("lastUpdateId").GetInt64();
    }

    [Fact]
    public async Task Faults_are_armed_and_the_truth_read_over_http()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        using var http = new HttpClient();
        using var content = new StringContent("""[{"kind":"daily_cut","exchange":"binance","after_ms":2000,"duration_ms":1000}]""");
        (await http.PostAsync(new Uri(simulator.Address, "/sim/faults"), content)).EnsureSuccessStatusCode();
        await using var client =
            await SimulatedClient.ConnectAsync(simulator.BinanceWebSocket, "/ws/btcusdt@bookTicker");
        await client.DrainAsync(List, "\"id\":77");
        await http.PostAsync(new Uri(simulator.Address, "/sim/advance?ms=4000"), null);
        await client.ReadUntilAsync("""{"e":"serverShutdown","E":""");
        while (await client.ReadAsync() is not null)
        {
        }

        var truth = JsonDocument.Parse(await http.GetStringAsync(new Uri(simulator.Address, "/sim/truth"))).RootElement;
        truth.GetProperty("streams")[0].GetProperty("rows").GetInt64()
            .ShouldBe(client.Messages.Count(m => m.StartsWith("{\"u\"", StringComparison.Ordinal)));
        truth.GetProperty("faults")[0].GetProperty("kind").GetString().ShouldBe("DailyCut");
        using var wrong = new StringContent("""{"kind":"flood"}""");
        (await http.PostAsync(new Uri(simulator.Address, "/sim/faults"), wrong))
            .StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var book = JsonDocument.Parse(await http.GetStringAsync(new Uri(simulator.Address, "/sim/book/BTCUSDT")))
            .RootElement;
        book.GetProperty("last_update_id").GetInt64().ShouldBe(simulator.Market("BTCUSDT").LastUpdateId);
    }

    static async Task<SimulatedClient> BitfinexAsync(ExchangeSimulator simulator, long flags, string channel)
    {
        var client = await SimulatedClient.ConnectAsync(simulator.BitfinexWebSocket);
        await client.DrainAsync($$"""{"event":"conf","flags":{{flags}}}""", "\"conf\"");
        await client.DrainAsync($$"""{"event":"subscribe","channel":"{{channel}}","symbol":"tBTCUSD"}""", "subscribed");
        return client;
    }

    /// <summary>
    /// Ordinal of the first frame whose sequence does not follow, or that is no JSON; 0 where there is none.
    /// </summary>
    static long FirstBreak(SimulatedClient client)
    {
        long last = 0;
        for (var i = 0; i < client.Messages.Count; i++)
        {
            if (client.Messages[i][0] != '[')
                continue;
            try
            {
                var frame = JsonDocument.Parse(client.Messages[i]).RootElement;
                var sequence = frame[frame.GetArrayLength() - 2].GetInt64();
                if (sequence != last + 1)
                    return i + 1;
                last = sequence;
            }
            catch (JsonException)
            {
                return i + 1;
            }
        }

        return 0;
    }
}
