using System.Diagnostics;
using System.Text;
using Shouldly;
using Ticklake.Core.Time;
using Ticklake.Runtime.Journal;
using Xunit;
using static Ticklake.Tests.Runtime.Journal.JournalTestFolder;

namespace Ticklake.Tests.Runtime.Journal;

public sealed class JournalRoundTripTests : IDisposable
{
    readonly JournalTestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_kind_of_line_comes_back()
    {
        await using var flusher = new JournalFlusher(TimeProvider.System);
        var writer = JournalWriter.Open(flusher, _folder.Path, Header(), Start);
        writer.LastLine.ShouldBe(1);
        writer.AppendReceived("[1,\"hb\"]"u8, Start, imported: 7).ShouldBe(2);
        writer.AppendReceived("pong"u8, Start).ShouldBe(3);
        writer.AppendReceived("{\"a\":1}"u8, Start, binary: true).ShouldBe(4);
        writer.AppendSent("{\"event\":\"ping\"}"u8, Start).ShouldBe(5);
        writer.AppendAnswer("/api/v3/depth?symbol=BTCUSDT&limit=1000"u8, 200, "{\"lastUpdateId\":1}"u8, Start).ShouldBe(6);
        writer.AppendAnswer("/a\"b\\c"u8, 418, "<html>\n</html>"u8, Start, 9).ShouldBe(7);
        writer.AppendOccurrence("close", Start, "\"code\":1006"u8).ShouldBe(8);
        await writer.DisposeAsync();

        var lines = ReadAll(_folder.FullPath(writer), out var end);
        end.ShouldBe(JournalEnd.Clean);
        lines.Select(x => x.Number).ShouldBe([1, 2, 3, 4, 5, 6, 7, 8]);
        lines.ShouldAllBe(x => x.Time == Start.Value);
        lines[0].Occurrence.ShouldBe("open");
        (lines[1].Text, lines[1].Imported, lines[1].IsBinary).ShouldBe(("[1,\"hb\"]", 7, false));
        lines[2].Text.ShouldBe("pong");
        (lines[3].Text, lines[3].IsBinary).ShouldBe(("{\"a\":1}", true));
        (lines[4].Kind, lines[4].Text).ShouldBe((JournalLineKind.Sent, "{\"event\":\"ping\"}"));
        (lines[5].Kind, lines[5].Path, lines[5].Status, lines[5].Text)
            .ShouldBe((JournalLineKind.Answer, "/api/v3/depth?symbol=BTCUSDT&limit=1000", 200, "{\"lastUpdateId\":1}"));
        (lines[6].Path, lines[6].Status, lines[6].Text, lines[6].Imported).ShouldBe(("/a\"b\\c", 418, "<html>\n</html>", 9));
        (lines[7].Occurrence, lines[7].Text).ShouldBe(
            ("close", "{\"t\":1737100800000000123,\"k\":\"!\",\"e\":\"close\",\"code\":1006}"));
    }

    [Fact]
    public async Task Any_bytes_come_back_identical()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var frames = Enumerable.Range(0, 4000).Select(_ => RandomFrame(random)).ToList();
        await using var flusher = new JournalFlusher(TimeProvider.System, new JournalOptions { BlockBytes = 16 * 1024 });
        var writer = JournalWriter.Open(flusher, _folder.Path, Header(), Start);
        foreach (var frame in frames)
            writer.AppendReceived(frame, new TimestampNs(random.NextInt64(long.MinValue + 1, long.MaxValue)));
        await writer.DisposeAsync();

        var lines = ReadAll(_folder.FullPath(writer), out var end).Skip(1).ToList();
        end.ShouldBe(JournalEnd.Clean);
        lines.Count.ShouldBe(frames.Count);
        for (var i = 0; i < frames.Count; i++)
            lines[i].Payload.AsSpan().SequenceEqual(frames[i]).ShouldBeTrue($"seed {seed}, frame {i}");
    }

    [Fact]
    public async Task A_frame_of_16_MB_comes_back_in_every_form()
    {
        var json = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat("1234567", 2_000_000)) + "]");
        var text = new byte[16 << 20];
        text.AsSpan().Fill((byte)'\n');
        var bytes = new byte[16 << 20];
        new Random(1).NextBytes(bytes);
        await using var flusher = new JournalFlusher(TimeProvider.System);
        var writer = JournalWriter.Open(flusher, _folder.Path, Header(), Start);
        foreach (var frame in new[] { json, text, bytes })
            writer.AppendReceived(frame, Start);
        await writer.DisposeAsync();

        var lines = ReadAll(_folder.FullPath(writer), out _);
        lines[1].Payload.AsSpan().SequenceEqual(json).ShouldBeTrue();
        lines[2].Payload.AsSpan().SequenceEqual(text).ShouldBeTrue();
        lines[3].Payload.AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task The_zstd_and_jq_of_the_system_read_it()
    {
        if (!File.Exists("/usr/bin/zstdcat") || !File.Exists("/usr/bin/jq"))
            Assert.Skip("needs zstd and jq");
        var random = new Random(5);
        await using var flusher = new JournalFlusher(TimeProvider.System, new JournalOptions { BlockBytes = 4096 });
        var writer = JournalWriter.Open(flusher, _folder.Path, Header(), Start);
        for (var i = 0; i < 2000; i++)
            writer.AppendReceived(RandomFrame(random), Start, imported: i + 1);
        await writer.DisposeAsync();

        var start = new ProcessStartInfo("/bin/sh", ["-c", $"zstdcat '{_folder.FullPath(writer)}' | jq -c .n | tail -1"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        output.ShouldBe("2000\n");
    }

    [Fact]
    public async Task A_file_that_others_wrote_is_read_too()
    {
        if (!File.Exists("/usr/bin/zstd"))
            Assert.Skip("needs zstd");
        var path = Path.Combine(_folder.Path, "x.jsonl.zst");
        var text = """
            { "e" : "open", "k" : "!", "exchange" : "bitfinex", "market" : "spot", "conn_id" : "x", "t" : 5 }
            {"m":{"a":[1, 2]},"k":"<","n":3,"t":6}
            no journal line
            {"t":7,"k":"r","m":[ ],"c":200,"u":"/a\u0062"}
            {"t":8,"b":"AAE=","k":">"}
            """;
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"zstd -q > '{path}'"]) { RedirectStandardInput = true };
        using (var process = Process.Start(start)!)
        {
            await process.StandardInput.WriteAsync(text);
            process.StandardInput.Close();
            await process.WaitForExitAsync();
        }

        using var reader = new JournalReader(path);
        var lines = ReadAll(reader);
        reader.End.ShouldBe(JournalEnd.Clean);
        reader.BadLines.ShouldBe(1);
        lines.Select(x => (x.Number, x.Time)).ShouldBe([(1, 5), (2, 6), (4, 7), (5, 8)]);
        (lines[1].Text, lines[1].Imported).ShouldBe(("{\"a\":[1, 2]}", 3));
        (lines[2].Path, lines[2].Text, lines[2].Status).ShouldBe(("/ab", "[ ]", 200));
        (lines[3].Kind, lines[3].IsBinary).ShouldBe((JournalLineKind.Sent, true));
        lines[3].Payload.ShouldBe([0, 1]);
        JournalFolder.Open(path, "x")!.Header.ConnId.ShouldBe("x");
    }

    static byte[] RandomFrame(Random random)
    {
        var frame = new byte[random.Next(0, random.Next(4) == 0 ? 3000 : 60)];
        switch (random.Next(5))
        {
            case 0:
                random.NextBytes(frame);
                return frame;
            case 1:
                return Encoding.UTF8.GetBytes("{\"a\":[1,-2.5e3,\"x\\\"\",null],\"b\":{}}"[..random.Next(34)]);
            case 2:
                return Encoding.UTF8.GetBytes(new string('é', random.Next(40)) + "\n\r\t\"\\\u0001\u007f\u2028");
            default:
                for (var i = 0; i < frame.Length; i++)
                    frame[i] = "[]{},:\"\\ 0123456789.-+eEtruefalsn\n"u8[random.Next(34)];
                return frame;
        }
    }
}
