using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Shouldly;
using Ticklake.Simulator;
using Ticklake.Simulator.Bitfinex;
using Ticklake.Simulator.Truth;
using Xunit;

namespace Ticklake.Tests.Simulated;

public sealed class BitfinexVenueTests
{
    const string Ping = """{"event":"ping","cid":7}""";

    static readonly SimulatorOptions Options = new() { IsManual = true, EventsPerSecond = 60, Seed = 11 };

    [Theory]
    [InlineData("tBTCUSD", "P0", "F0", 25, 229376)]
    [InlineData("tBTCUSD", "P0", "F0", 250, 229376)]
    [InlineData("tXRPBTC", "P0", "F0", 100, 229376)]
    [InlineData("tETHUSD", "P1", "F0", 25, 229376)]
    [InlineData("tDUSK:USD", "P2", "F1", 25, 131072)]
    [InlineData("tETHUSD", "P3", "F0", 100, 196608)]
    [InlineData("tBTCUSD", "P4", "F0", 25, 163840)]
    [InlineData("tETHUSD", "P0", "F0", 1, 229376)]
    [InlineData("tETHUSD", "P0", "F0", 25, 537100288)]
    [InlineData("tETHUSD", "R0", "F0", 25, 229376)]
    [InlineData("tXRPBTC", "R0", "F0", 250, 537100288)]
    [InlineData("tBTCUSD", "R0", "F1", 100, 229376)]
    public async Task A_book_rebuilt_from_frames_equals_the_truth_and_every_checksum(
        string symbol, string prec, string freq, int len, long flags)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator, flags);
        await client.SendAsync($$"""
            {"event":"subscribe","channel":"book","symbol":"{{symbol}}","prec":"{{prec}}","freq":"{{freq}}","len":"{{len}}"}
            """);
        await client.ReadUntilAsync("subscribed");
        simulator.Advance(TimeSpan.FromSeconds(20));
        await client.DrainAsync(Ping, "pong");

        var book = new RebuiltBook(prec == "R0");
        var checksums = 0;
        foreach (var frame in Arrays(client))
        {
            if (frame[1].ValueKind == JsonValueKind.Array)
            {
                var isList = frame[1][0].ValueKind == JsonValueKind.Array;
                foreach (var entry in isList ? frame[1].EnumerateArray().ToArray() : [frame[1]])
                    book.ApplyBitfinex(entry);
            }
            else if (frame[1].GetString() == "cs")
            {
                ((int)BitfinexChecksum.Crc(Encoding.ASCII.GetBytes(book.ChecksumText()))).ShouldBe(frame[2].GetInt32());
                checksums++;
            }
        }

        checksums.ShouldBeGreaterThan(0);
        book.ShouldBe(simulator.Window($"book:{symbol}:{prec}:{freq}:{len}")!);
        book.Largest.ShouldBeLessThanOrEqualTo(len);
    }

    [Fact]
    public async Task One_sequence_counts_every_array_of_the_connection()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator, 229376);
        foreach (var symbol in new[] { "tBTCUSD", "tETHUSD" })
        {
            await client.SendAsync($$"""{"event":"subscribe","channel":"trades","symbol":"{{symbol}}"}""");
            await client.SendAsync($$"""{"event":"subscribe","channel":"ticker","symbol":"{{symbol}}"}""");
            await client.SendAsync($$"""{"event":"subscribe","channel":"book","symbol":"{{symbol}}"}""");
            await client.SendAsync($$"""{"event":"subscribe","channel":"candles","key":"trade:1m:{{symbol}}"}""");
        }

        await client.SendAsync("""{"event":"subscribe","channel":"ticker","symbol":"fUSD"}""");
        await client.SendAsync("""{"event":"subscribe","channel":"trades","symbol":"fUSD"}""");
        await client.DrainAsync(Ping, "pong");
        simulator.Advance(TimeSpan.FromSeconds(90));
        await client.DrainAsync(Ping, "pong");

        var sequence = Arrays(client).Select(a => a[a.GetArrayLength() - 2].GetInt64()).ToArray();
        sequence.Length.ShouldBeGreaterThan(1000);
        sequence.ShouldBe(Enumerable.Range(1, sequence.Length).Select(i => (long)i));
    }

    [Fact]
    public async Task Trades_of_the_truth_are_the_trades_on_the_wire()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { MissingConfirmations = 0.2 });
        await using var client = await ConnectAsync(simulator, 98304);
        await client.SendAsync("""{"event":"subscribe","channel":"trades","symbol":"tXRPBTC"}""");
        await client.ReadUntilAsync("subscribed");
        simulator.Advance(TimeSpan.FromSeconds(60));
        await client.DrainAsync(Ping, "pong");

        var (executed, confirmed, all) = (new HashSet<long>(), new HashSet<long>(), new HashSet<long>());
        foreach (var frame in Arrays(client))
        {
            if (frame[1].ValueKind == JsonValueKind.Array)
            {
                foreach (var row in frame[1].EnumerateArray())
                    all.Add(row[0].GetInt64());
            }
            else if (frame[1].GetString() is "te" or "tu")
            {
                (frame[1].GetString() == "te" ? executed : confirmed).Add(frame[2][0].GetInt64());
                all.Add(frame[2][0].GetInt64());
            }
        }

        confirmed.Count.ShouldBeLessThan(executed.Count);
        confirmed.IsSubsetOf(executed).ShouldBeTrue();
        simulator.Truth.Trades("bitfinex", "trades:tXRPBTC").Select(t => t.Id).ShouldBe(all.Order());
        simulator.Truth.Stream("bitfinex", "trades:tXRPBTC")!.Rows.ShouldBe(all.Count);
    }

    [Fact]
    public async Task Prices_below_a_millionth_are_written_with_an_exponent()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator, 0);
        await client.SendAsync("""{"event":"subscribe","channel":"book","symbol":"tXRPBTC","len":"250"}""");
        var snapshot = await client.ReadUntilAsync("[[");
        snapshot.ShouldContain("e-7,");
        snapshot.ShouldContain("[0.000001,");
    }

    [Fact]
    public async Task A_quiet_channel_has_a_heartbeat_every_fifteen_seconds()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { EventsPerSecond = 0 });
        await using var client = await ConnectAsync(simulator, 98304);
        await client.SendAsync("""{"event":"subscribe","channel":"trades","symbol":"tBTCUSD"}""");
        await client.ReadUntilAsync("subscribed");
        simulator.Advance(TimeSpan.FromSeconds(61));
        await client.DrainAsync(Ping, "pong");
        client.Messages.Count(m => m.Contains("\"hb\"", StringComparison.Ordinal)).ShouldBe(4);
    }

    [Theory]
    [InlineData("""{"event":"subscribe","channel":"ticker","symbol":"tNOPE"}""", 10300)]
    [InlineData("""{"event":"subscribe","channel":"nope","symbol":"tBTCUSD"}""", 10302)]
    [InlineData("""{"event":"subscribe","channel":"book","symbol":"tBTCUSD","len":"26"}""", 10300)]
    [InlineData("""{"event":"unsubscribe","chanId":99}""", 10401)]
    [InlineData("""{"event":"dance"}""", 10000)]
    [InlineData("""{"event":""", 10000)]
    public async Task Wrong_requests_have_their_documented_code(string request, int code)
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await ConnectAsync(simulator, 0);
        await client.SendAsync(request);
        (await client.ReadUntilAsync("\"error\"")).ShouldContain($"\"code\":{code}");
    }

    [Fact]
    public async Task Duplicates_and_the_channel_limit_are_refused()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { BitfinexChannelLimit = 2 });
        await using var client = await ConnectAsync(simulator, 0);
        await client.SendAsync("""{"event":"subscribe","channel":"ticker","symbol":"tBTCUSD"}""");
        await client.SendAsync("""{"event":"subscribe","channel":"ticker","symbol":"tBTCUSD"}""");
        (await client.ReadUntilAsync("\"error\"")).ShouldContain("10301");
        await client.SendAsync("""{"event":"subscribe","channel":"ticker","symbol":"tETHUSD"}""");
        await client.SendAsync("""{"event":"subscribe","channel":"ticker","symbol":"tDUSK:USD","subId":"x9"}""");
        (await client.ReadUntilAsync("\"error\"")).ShouldContain("10305");
        client.Messages[^1].ShouldContain("x9");
    }

    [Fact]
    public async Task Rest_answers_in_the_shape_of_the_stream()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        using var http = new HttpClient { BaseAddress = new(simulator.BitfinexRest + "/") };
        (await http.GetStringAsync("v2/platform/status")).ShouldBe("[1]");
        (await http.GetStringAsync("v2/conf/pub:list:pair:exchange")).ShouldBe("""[["BTCUSD","ETHUSD","DUSK:USD","XRPBTC"]]""");
        Count(await http.GetStringAsync("v2/book/tBTCUSD/P0?len=25")).ShouldBe(50);
        Count(await http.GetStringAsync("v2/book/tBTCUSD/R0?len=100")).ShouldBe(200);
        Count(await http.GetStringAsync("v2/trades/tBTCUSD/hist?limit=10&sort=1")).ShouldBe(10);
        Count(await http.GetStringAsync("v2/candles/trade:1m:tBTCUSD/hist?limit=5")).ShouldBe(5);
        Count(await http.GetStringAsync("v2/ticker/tDUSK:USD")).ShouldBe(11);
        Count(await http.GetStringAsync("v2/ticker/fUSD")).ShouldBe(16);
        Count(await http.GetStringAsync("v2/tickers?symbols=ALL")).ShouldBe(5);
        var refused = await http.GetAsync(new Uri("v2/book/tNOPE/P0", UriKind.Relative));
        ((int)refused.StatusCode).ShouldBe(500);
        (await refused.Content.ReadAsStringAsync()).ShouldStartWith("[\"error\",10020,");

        static int Count(string json) => JsonDocument.Parse(json).RootElement.GetArrayLength();
    }

    [Fact]
    public async Task The_same_seed_sends_the_same_frames()
    {
        (await RunAsync(3)).ShouldBe(await RunAsync(3));
        (await RunAsync(3)).ShouldNotBe(await RunAsync(4));

        static async Task<string[]> RunAsync(int seed)
        {
            await using var simulator = await ExchangeSimulator.StartAsync(Options with { Seed = seed });
            await using var client = await ConnectAsync(simulator, 229376);
            await client.SendAsync("""{"event":"subscribe","channel":"book","symbol":"tBTCUSD"}""");
            await client.SendAsync("""{"event":"subscribe","channel":"trades","symbol":"tBTCUSD"}""");
            await client.DrainAsync(Ping, "pong");
            simulator.Advance(TimeSpan.FromSeconds(10));
            await client.DrainAsync(Ping, "pong");
            var frames = simulator.Truth.Frames(1);
            frames.Select(f => f.Text).ShouldBe(client.Messages);
            frames.Count(f => f.Kind == FrameKind.Checksum).ShouldBeGreaterThan(1);
            return [.. client.Messages];
        }
    }

    [Fact]
    public async Task Time_moves_by_itself_at_the_given_speed_and_the_log_is_on_disk()
    {
        var folder = Directory.CreateTempSubdirectory("ticklake-truth").FullName;
        var path = Path.Combine(folder, "truth.jsonl");
        var live = new SimulatorOptions { Speed = 100, TruthPath = path, TruthDetail = TruthDetail.Hash };
        await using (var simulator = await ExchangeSimulator.StartAsync(live))
        {
            await using var client = await ConnectAsync(simulator, 98304);
            await client.SendAsync("{\"event\":\"subscribe\",\"channel\":\"trades\",\"symbol\":\"tBTCUSD\"}");
            await client.ReadUntilAsync("\"tu\"");
        }

        var lines = (await File.ReadAllLinesAsync(path)).Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        lines[0].GetProperty("e").GetString().ShouldBe("open");
        lines[^1].GetProperty("e").GetString().ShouldBe("close");
        lines.ShouldContain(l => l.GetProperty("e").GetString() == "frame"
            && l.GetProperty("kind").GetString() == "trade"
            && l.GetProperty("sha1").GetString()!.Length == 40);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_twenty_first_connection_of_a_minute_is_refused_where_limits_are_kept()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { EnforcesLimits = true });
        for (var i = 0; i < 20; i++)
            await (await ConnectAsync(simulator, 0)).DisposeAsync();
        await Should.ThrowAsync<WebSocketException>(() => ConnectAsync(simulator, 0));
        simulator.Advance(TimeSpan.FromSeconds(61));
        await (await ConnectAsync(simulator, 0)).DisposeAsync();
    }

    static async Task<SimulatedClient> ConnectAsync(ExchangeSimulator simulator, long flags)
    {
        var client = await SimulatedClient.ConnectAsync(simulator.BitfinexWebSocket);
        (await client.ReadAsync())!.ShouldStartWith("{\"event\":\"info\",\"version\":2,");
        if (flags != 0)
            await client.DrainAsync($$"""{"event":"conf","flags":{{flags}}}""", "\"conf\",\"status\":\"OK\"");
        return client;
    }

    static IEnumerable<JsonElement> Arrays(SimulatedClient client) =>
        client.Messages.Where(m => m[0] == '[').Select(m => JsonDocument.Parse(m).RootElement);
}
