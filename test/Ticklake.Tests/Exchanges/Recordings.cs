using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text;
using Xunit;

namespace Ticklake.Tests.Exchanges;

/// <summary>Frames of the real recordings beside the repository; a test without them is skipped.</summary>
static class Recordings
{
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>Messages joined by <c>;;</c>, the empty one after the last separator left out.</summary>
    public static List<byte[]> Joined(string path)
    {
        var text = ReadAll(path);
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
    public static List<byte[]> HftBacktest(string path) =>
        [.. Lines(path).Select(line => Encoding.UTF8.GetBytes(line[(line.IndexOf(' ') + 1)..]))];

    /// <summary>cryptofeed's JSON lines: what was received, and the bodies of REST answers with their path and query.</summary>
    public static List<(byte[] Frame, string? Path)> Cryptofeed(string path)
    {
        var frames = new List<(byte[], string?)>();
        foreach (var line in Lines(path))
        {
            using var row = JsonDocument.Parse(line);
            var kind = row.RootElement.GetProperty("t").GetString();
            if (kind is not ("recv" or "http") || !row.RootElement.TryGetProperty("data", out var text))
                continue;
            var url = kind == "http" ? new Uri(row.RootElement.GetProperty("url").GetString()!).PathAndQuery : null;
            frames.Add((Encoding.UTF8.GetBytes(text.GetString()!), url));
        }

        return frames;
    }

    public static IEnumerable<string> Lines(string path) =>
        Encoding.UTF8.GetString(ReadAll(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    static byte[] ReadAll(string path)
    {
        var file = Path.Combine(RepositoryRoot, "..", "shared", "fixtures", path);
        Assert.SkipUnless(File.Exists(file), string.Create(CultureInfo.InvariantCulture, $"recording {path} is not here"));
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
            return File.ReadAllBytes(file);
        using var zipped = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zipped.CopyTo(plain);
        return plain.ToArray();
    }

    static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ticklake.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Ticklake.slnx");
        return folder;
    }
}
