using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
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
        IsManual = true,
        EventsPerSecond = 0,
        Firehose = true,
        FirehoseFrames = Frames,
        TruthDetail = TruthDetail.Count,
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
        const int Many = 500_000;
        await using var simulator = await ExchangeSimulator.StartAsync(Options with { FirehoseFrames = Many });
        using var socket = new TcpClient();
        await socket.ConnectAsync(simulator.Address.Host, simulator.Address.Port);
        await using var stream = socket.GetStream();
        var handshake = "GET /binance/ws/btcusdt@bookTicker HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        var watch = Stopwatch.StartNew();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(handshake));
        await CountFramesAsync(stream, Many);
        var rate = Many / watch.Elapsed.TotalSeconds;
        TestContext.Current.TestOutputHelper!.WriteLine($"firehose: {rate:N0} frames/s into a bare reader");
        simulator.Truth.Stream("binance", "btcusdt@bookTicker")!.Rows.ShouldBe(Many);
    }

    /// <summary>Walks the frames without looking into them, so that the reader costs next to nothing.</summary>
    static async Task CountFramesAsync(NetworkStream stream, int frames)
    {
        var buffer = new byte[1024 * 1024];
        var (filled, counted, inFrames) = (0, 0, false);
        while (counted < frames)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(filled));
            read.ShouldBeGreaterThan(0, "the simulator goes on to the last frame");
            filled += read;
            var at = 0;
            if (!inFrames)
            {
                var end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
                inFrames = end >= 0;
                at = inFrames ? end + 4 : 0;
            }

            for (; inFrames && Length(buffer.AsSpan(at, filled - at)) is > 0 and var length; at += length)
                counted++;
            buffer.AsSpan(at, filled - at).CopyTo(buffer);
            filled -= at;
        }

        // Bytes of the whole frame at the front, 0 where it is not all there.
        static int Length(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length < 4)
                return 0;
            var length = bytes[1] < 126 ? 2 + bytes[1] : 4 + BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
            return length <= bytes.Length ? length : 0;
        }
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
