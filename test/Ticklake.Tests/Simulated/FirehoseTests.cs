using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Shouldly;
using Ticklake.Simulator;
using Ticklake.Simulator.Truth;
using Xunit;

namespace Ticklake.Tests.Simulated;

public sealed class FirehoseTests
{
    const int Frames = 20_000;

    static readonly SimulatorOptions Options = new()
    {
        IsManual = true, EventsPerSecond = 0, Firehose = true, FirehoseFrames = Frames, TruthDetail = TruthDetail.Count,
    };

    [Fact]
    public async Task Bitfinex_frames_under_load_keep_sequence_book_and_counts()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await SimulatedClient.ConnectAsync(simulator.BitfinexWebSocket);
        await client.DrainAsync("""{"event":"conf","flags":229376}""", "\"conf\"");
        await client.SendAsync("""{"event":"subscribe","channel":"book","symbol":"tBTCUSD","len":"25"}""");
        await ReadFramesAsync(client, Frames);

        var book = new RebuiltBook(isRaw: false);
        var (sequence, checksums) = (0L, 0);
        foreach (var frame in client.Messages.Where(m => m[0] == '[').Select(m => JsonDocument.Parse(m).RootElement))
        {
            frame[frame.GetArrayLength() - 2].GetInt64().ShouldBe(++sequence);
            if (frame[1].ValueKind == JsonValueKind.String)
            {
                var crc = Ticklake.Simulator.Bitfinex.BitfinexChecksum.Crc(
                    Encoding.ASCII.GetBytes(book.ChecksumText()));
                ((int)crc).ShouldBe(frame[2].GetInt32());
                checksums++;
            }
            else if (frame[1][0].ValueKind == JsonValueKind.Array)
            {
                foreach (var entry in frame[1].EnumerateArray())
                    book.ApplyBitfinex(entry);
            }
            else
            {
                book.ApplyBitfinex(frame[1]);
            }
        }

        checksums.ShouldBeGreaterThan(30);
        book.ShouldBe(simulator.Window("book:tBTCUSD:P0:F0:25")!);
        var truth = simulator.Truth.Stream("bitfinex", "book:tBTCUSD:P0:F0:25")!;
        truth.Frames.ShouldBe(Frames + 1);
        truth.Rows.ShouldBe(Frames - checksums + 50);
    }

    [Fact]
    public async Task Binance_depth_under_load_joins_its_rest_snapshot()
    {
        await using var simulator = await ExchangeSimulator.StartAsync(Options);
        await using var client = await SimulatedClient.ConnectAsync(
            simulator.BinanceWebSocket, "/stream?streams=btcusdt@depth@100ms/btcusdt@trade");
        await client.ReadAsync();
        using var http = new HttpClient();
        var snapshot = JsonDocument.Parse(
            await http.GetStringAsync(simulator.BinanceRest + "/api/v3/depth?symbol=BTCUSDT&limit=5000")).RootElement;
        await ReadFramesAsync(client, Frames - 1);

        var book = new RebuiltBook(isRaw: false);
        foreach (var (name, isBid) in new[] { ("bids", true), ("asks", false) })
        {
            foreach (var level in snapshot.GetProperty(name).EnumerateArray())
                book.ApplyBinance(level, isBid);
        }

        var id = snapshot.GetProperty("lastUpdateId").GetInt64();
        foreach (var update in client.Messages.Where(m => m.Contains("depthUpdate", StringComparison.Ordinal)))
        {
            var json = JsonDocument.Parse(update).RootElement.GetProperty("data");
            if (json.GetProperty("u").GetInt64() <= id)
                continue;
            json.GetProperty("U").GetInt64().ShouldBe(id + 1);
            foreach (var level in json.GetProperty("b").EnumerateArray())
                book.ApplyBinance(level, isBid: true);
            foreach (var level in json.GetProperty("a").EnumerateArray())
                book.ApplyBinance(level, isBid: false);
            id = json.GetProperty("u").GetInt64();
        }

        book.ShouldBe(simulator.Window("btcusdt@depth@100ms")!);
        simulator.Truth.Stream("binance", "btcusdt@trade")!.Rows.ShouldBe(Frames / 2);
    }

    [Fact]
    public async Task The_rate_of_small_frames_is_printed()
    {
        const int Many = 2_000_000;
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { FirehoseFrames = Many });
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(simulator.BitfinexWebSocket, CancellationToken.None);
        var watch = Stopwatch.StartNew();
        foreach (var request in new[]
        {
            """{"event":"conf","flags":98304}""", """{"event":"subscribe","channel":"trades","symbol":"tBTCUSD"}""",
        })
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(request), WebSocketMessageType.Text, true,
                CancellationToken.None);
        }

        var buffer = new byte[64 * 1024];
        // info, conf, subscribed and the snapshot come before the load.
        for (var i = 0; i < Many + 4; i++)
            await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        var rate = Many / watch.Elapsed.TotalSeconds;
        TestContext.Current.SendDiagnosticMessage("firehose: {0:N0} frames/s into a ClientWebSocket", rate);
        TestContext.Current.TestOutputHelper!.WriteLine($"firehose: {rate:N0} frames/s into a ClientWebSocket");
        simulator.Truth.Stream("bitfinex", "trades:tBTCUSD")!.Rows.ShouldBe(Many);
    }

    static async Task ReadFramesAsync(SimulatedClient client, int frames)
    {
        for (var read = 0; read < frames;)
        {
            var text = (await client.ReadAsync())!;
            read += text.Contains("\"event\"", StringComparison.Ordinal)
                || text.Contains("[[", StringComparison.Ordinal)
                && text[0] == '[' ? 0 : 1;
        }
    }
}
