using System.Text;
using System.Text.Json;
using Shouldly;
using Ticklake.Runtime.Journal;
using Xunit;
using static Ticklake.Tests.Runtime.Journal.JournalTestFolder;

namespace Ticklake.Tests.Runtime.Journal;

/// <summary>What stands in a line as it is, judged through the file: <c>"m"</c> or not.</summary>
public sealed class OneLineJsonTests : IDisposable
{
    readonly JournalTestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Exactly_what_Utf8JsonReader_accepts_stands_as_it_is()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var frames = new List<string>
        {
            "{\"a\":1", "[1,2]{\"x\"", "", " ", "[1] ", "01", "-", "1.", "1e", "1e+", "-0", "0.5E-3", "nul", "null", "[,]",
            "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "[nope]", "\"", "\"\\", "\"\\u12\"", "\"\\u12aF\"", "\"\\x\"", "]", "{]",
            "[}", "[1]]", "{\"a\":1,}", "\"\u0001\"", "{}", "[]", "[[],{}]", "true", "tru", "1 2", "\"a\"\"b\"", "é",
            new string('[', 63) + new string(']', 63), new string('[', 64) + new string(']', 64),
            "\"" + new string('x', 15) + "\"", "\"" + new string('x', 16) + "\\\"\"", "[\"" + new string('é', 40) + "\"]",
        };
        for (var i = 0; i < 60_000; i++)
            frames.Add(Mutate(random));
        var flusher = JournalFlusher.Synchronous(TimeProvider.System);
        var writer = JournalWriter.Open(flusher, _folder.Path, Header(), Start);
        foreach (var frame in frames)
            writer.AppendReceived(Encoding.UTF8.GetBytes(frame), Start);
        await writer.DisposeAsync();
        await flusher.DisposeAsync();

        var lines = UncompressedLines(_folder.FullPath(writer));
        for (var i = 0; i < frames.Count; i++)
        {
            using var line = JsonDocument.Parse(lines[i + 1]);
            line.RootElement.TryGetProperty("m", out _)
                .ShouldBe(IsOneLineJson(frames[i]), $"seed {seed}, frame {i}: {frames[i]}");
        }
    }

    static bool IsOneLineJson(string frame)
    {
        if (frame.Contains('\n') || frame.Contains('\r'))
            return false;
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(frame), new JsonReaderOptions { MaxDepth = 63 });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    static string Mutate(Random random)
    {
        var text = new StringBuilder("""
            {"e":"depthUpdate","U":157,"b":[["0.0024","10"],["1e-7",-2.50E+3]],"x":null,"y":[true,false,{}],"z":"a\"\u00e9"}
            """);
        for (var i = random.Next(4); i > 0 && text.Length > 0; i--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, 1);
                    break;
                case 1:
                    text.Insert(at, "[]{},:\"\\ 0.-+eE\nt\t"[random.Next(18)]);
                    break;
                case 2:
                    text[at] = "[]{},:\"\\ 0.-+eE\rt\t"[random.Next(18)];
                    break;
                default:
                    text.Length = at + 1;
                    break;
            }
        }

        return text.ToString();
    }

    static string[] UncompressedLines(string path)
    {
        var text = new StringBuilder();
        var bytes = File.ReadAllBytes(path);
        using var decompressor = new Ticklake.Columnar.Compression.ZstdDecompressor();
        for (var at = 0; at < bytes.Length;)
        {
            var content = new byte[BitConverter.ToInt32(bytes, at + 20)];
            var frame = BitConverter.ToInt32(bytes, at + 24);
            decompressor.Decompress(bytes.AsSpan(at + 32, frame), content).ShouldBe(content.Length);
            text.Append(Encoding.UTF8.GetString(content));
            at += 32 + frame;
        }

        return text.ToString().Split('\n');
    }
}
