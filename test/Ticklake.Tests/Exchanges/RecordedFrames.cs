using System.Text;
using System.Text.Json;
using Ticklake.Tests.Fixtures;

namespace Ticklake.Tests.Exchanges;

/// <summary>Frames out of the recordings, which other recorders wrote in forms of their own.</summary>
static class RecordedFrames
{
    /// <summary>Messages joined by <c>;;</c>, empty ones left out.</summary>
    public static List<byte[]> Joined(string path)
    {
        var text = Recordings.Read(path);
        var frames = new List<byte[]>();
        var start = 0;
        while (start < text.Length)
        {
            var length = text.AsSpan(start).IndexOf(";;"u8);
            if (length < 0)
                length = text.Length - start;
            if (length > 0)
                frames.Add(text.AsSpan(start, length).ToArray());
            start += length + 2;
        }

        return frames;
    }

    /// <summary><c>receive-time message</c> a line.</summary>
    public static IEnumerable<byte[]> HftBacktest(string path) =>
        Lines(path).Select(line => Encoding.UTF8.GetBytes(line[(line.IndexOf(' ') + 1)..]));

    /// <summary>
    /// cryptofeed's JSON lines: what was received, and the bodies of REST answers with their path and query.
    /// </summary>
    public static IEnumerable<(byte[] Frame, string? Path)> Cryptofeed(string path)
    {
        foreach (var line in Lines(path))
        {
            using var row = JsonDocument.Parse(line);
            var kind = row.RootElement.GetProperty("t").GetString();
            if (kind is not ("recv" or "http"))
                continue;
            var text = row.RootElement.GetProperty("data").GetString()!;
            var url = kind == "http" ? new Uri(row.RootElement.GetProperty("url").GetString()!).PathAndQuery : null;
            yield return (Encoding.UTF8.GetBytes(text), url);
        }
    }

    public static string[] Lines(string path) =>
        Recordings.ReadText(path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
