using System.Text;
using System.Text.Json;
using Shouldly;
using Ticklake.Columnar.Compression;
using Ticklake.Simulator;
using Xunit;

namespace Ticklake.Tests.Simulated;

public sealed class RecordingTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("ticklake-recordings").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_bitfinex_journal_is_played_to_the_subscriptions_it_holds()
    {
        string[] data =
        [
            "[41,[[64210,2,0.75],[64211,1,-0.5]],1,1790000000000]", "[42,[],2,1790000000001]",
            "[41,[64210,3,1.5],3,1790000000050]", "[42,\"te\",[7,1790000000100,-0.02,64209.5],4,1790000000140]",
        ];
        string[] lines =
        [
            """{"t":1,"k":"!","e":"open","exchange":"bitfinex","market":"spot","conn_id":"c1"}""",
            Received("""{"event":"info","version":2}"""),
            Received("""{"event":"subscribed","channel":"book","chanId":41,"symbol":"tBTCUSD","prec":"P0","freq":"F0","len":"25","subId":"old"}"""),
            Received(data[0]),
            Received("""{"event":"subscribed","channel":"trades","chanId":42,"symbol":"tBTCUSD","pair":"BTCUSD"}"""),
            .. data.Skip(1).Select(Received),
        ];
        await using var simulator = await PlayAsync("session.jsonl", lines);
        await using var client = await SimulatedClient.ConnectAsync(simulator.BitfinexWebSocket);
        await client.SendAsync("""{"event":"subscribe","channel":"trades","symbol":"tBTCUSD"}""");
        await client.ReadUntilAsync("\"chanId\":42");
        await client.SendAsync("""{"event":"subscribe","channel":"book","symbol":"tBTCUSD","len":25,"subId":"new"}""");
        (await client.ReadUntilAsync("\"chanId\":41")).ShouldContain("\"subId\":\"new\"");
        await client.ReadUntilAsync("\"te\"");
        client.Messages.Where(m => m[0] == '[').ShouldBe(data);
    }

    [Fact]
    public async Task Binance_lines_are_played_when_their_streams_are_asked_for()
    {
        string[] data =
        [
            """{"stream":"btcusdt@trade","data":{"e":"trade","E":1,"s":"BTCUSDT","t":1,"p":"1.0","q":"2.0","T":1,"m":true,"M":true}}""",
            """{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":2,"s":"BTCUSDT","U":1,"u":3,"b":[],"a":[]}}""",
        ];
        string[] lines =
        [
            """{"t":1,"k":"!","e":"open","exchange":"binance","market":"spot","conn_id":"c1"}""",
            Received("""{"result":null,"id":1}"""),
            Received(data[0]),
            """{"t":2,"k":"r","u":"/api/v3/depth?symbol=BTCUSDT&limit=1000","c":200,"m":{"lastUpdateId":2,"bids":[],"asks":[]}}""",
            Received(data[1]),
        ];
        await using var simulator = await PlayAsync("session.jsonl.zst", lines);
        await using var client = await SimulatedClient.ConnectAsync(simulator.BinanceWebSocket, "/stream");
        await client.SendAsync("""{"method":"SUBSCRIBE","params":["btcusdt@trade"],"id":5}""");
        (await client.ReadAsync()).ShouldBe("""{"result":null,"id":5}""");
        await client.SendAsync("""{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms"],"id":6}""");
        await client.ReadUntilAsync("depthUpdate");
        client.Messages.Where(m => m.StartsWith("{\"stream\"", StringComparison.Ordinal)).ShouldBe(data);
        using var http = new HttpClient();
        JsonDocument.Parse(await http.GetStringAsync(simulator.BinanceRest + "/api/v3/depth?symbol=BTCUSDT&limit=5000"))
            .RootElement.GetProperty("lastUpdateId").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Plain_lines_of_messages_are_a_recording_too()
    {
        string[] lines =
        [
            """{"event":"subscribed","channel":"trades","chanId":9,"symbol":"tBTCUSD","pair":"BTCUSD"}""",
            "[9,[[1,2,3,4]]]", "[9,\"hb\"]",
        ];
        await using var simulator = await PlayAsync("messages.txt", lines);
        await using var client = await SimulatedClient.ConnectAsync(simulator.BitfinexWebSocket);
        await client.SendAsync("""{"event":"subscribe","channel":"trades","symbol":"tBTCUSD"}""");
        await client.ReadUntilAsync("\"hb\"");
        client.Messages.Where(m => m[0] == '[').ShouldBe(lines.Skip(1));
    }

    [Fact]
    public async Task Several_sessions_are_played_to_one_connection_after_the_other()
    {
        string[] first = ["[9,\"hb\",1]"], second = ["[8,\"hb\",1]"];
        var paths = new[] { Path.Combine(_folder, "1.txt"), Path.Combine(_folder, "2.txt") };
        await File.WriteAllLinesAsync(paths[0], first);
        await File.WriteAllLinesAsync(paths[1], second);
        await using var simulator = await ExchangeSimulator.StartAsync(new() { IsManual = true, Recordings = paths });
        foreach (var (expected, ends) in new[] { (first[0], true), (second[0], false) })
        {
            await using var client = await SimulatedClient.ConnectAsync(simulator.BitfinexWebSocket);
            await client.SendAsync("{\"event\":\"ping\",\"cid\":1}");
            await client.ReadUntilAsync(expected);
            if (ends)
                (await client.ReadAsync()).ShouldBeNull();
        }
    }

    async Task<ExchangeSimulator> PlayAsync(string name, string[] lines)
    {
        var path = Path.Combine(_folder, name);
        if (name.EndsWith(".zst", StringComparison.Ordinal))
            await File.WriteAllBytesAsync(path, Compress(lines));
        else
            await File.WriteAllLinesAsync(path, lines);
        return await ExchangeSimulator.StartAsync(new() { IsManual = true, Recordings = [path] });
    }

    /// <summary>One zstd frame a line and a torn tail, as a killed recorder leaves its journal.</summary>
    static byte[] Compress(string[] lines)
    {
        using var compressor = new ZstdCompressor(level: 1);
        var file = new List<byte>();
        foreach (var line in lines)
        {
            var source = Encoding.UTF8.GetBytes(line + "\n");
            var target = new byte[Zstd.CompressBound(source.Length)];
            file.AddRange(target.AsSpan(0, compressor.Compress(source, target)));
        }

        return [.. file, .. file.Take(12)];
    }

    static string Received(string message) => $$"""{"t":1,"k":"<","m":{{message}}}""";
}
