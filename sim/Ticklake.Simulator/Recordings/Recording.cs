using System.Text;
using System.Text.Json;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Recordings;

/// <summary>
/// A recorded session in memory: a journal (design.md section 4), plain or as <c>.zst</c>, or a text file with one
/// message
/// a line.
/// </summary>
sealed class Recording
{
    Recording(string exchange, List<RecordedFrame> frames, List<RecordedAnswer> answers)
    {
        Exchange = exchange;
        Frames = frames;
        Answers = answers;
    }

    /// <summary>As the journal's first line says, or told by the messages' shape.</summary>
    public string Exchange { get; }

    public IReadOnlyList<RecordedFrame> Frames { get; }

    public IReadOnlyList<RecordedAnswer> Answers { get; }

    /// <exception cref="InvalidDataException">The file is no recording of an exchange that is simulated.</exception>
    public static Recording Read(string path)
    {
        var content = path.EndsWith(".zst", StringComparison.Ordinal) ? ZstdFile.Read(path) : File.ReadAllBytes(path);
        var (frames, answers) = (new List<RecordedFrame>(), new List<RecordedAnswer>());
        string? exchange = null;
        for (ReadOnlyMemory<byte> rest = content; rest.Length > 0;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.Span.StartsWith("{\"t\":"u8))
            {
                var named = ReadJournalLine(line, frames, answers);
                exchange ??= named;
            }
            else if (line.Length > 0)
                frames.Add(new(0, line.ToArray()));
        }

        exchange ??= frames.Exists(f => f.Text[0] == (byte)'[' || f.Text.AsSpan().StartsWith("{\"event\""u8))
            ? "bitfinex" : "binance";
        return exchange is "bitfinex" or "binance"
            ? new(exchange, frames, answers)
            : throw new InvalidDataException($"{path} is a recording of {exchange}, which is not simulated.");
    }

    /// <summary>Takes in one journal line; the exchange where the line names it.</summary>
    static string? ReadJournalLine(ReadOnlyMemory<byte> line, List<RecordedFrame> frames, List<RecordedAnswer> answers)
    {
        using var document = JsonDocument.Parse(line);
        var json = document.RootElement;
        var time = json.GetProperty("t").GetInt64();
        switch (json.Text("k"))
        {
            case "<" when Message(json) is { } text:
                frames.Add(new(time, text));
                break;
            case "r" when Message(json) is { } body:
                answers.Add(new(json.Text("u")!, json.GetProperty("c").GetInt32(), body));
                break;
            case "!":
                return json.Text("exchange");
        }

        return null;
    }

    static byte[]? Message(JsonElement json) =>
        json.TryGetProperty("m", out var message) ? Encoding.UTF8.GetBytes(message.GetRawText())
        : json.Text("s") is { } text ? Encoding.UTF8.GetBytes(text)
        : json.Text("b") is { } base64 ? Convert.FromBase64String(base64) : null;
}
