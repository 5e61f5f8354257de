using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Ticklake.Benchmarks.Decoding;

/// <summary>The received frames of a real recording, end to end in one buffer as a socket would deliver them.</summary>
sealed class RecordedFrames
{
    readonly List<(int Start, int Length)> _frames = [];
    byte[] _bytes = [];
    int _used;

    public int Count => _frames.Count;

    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(_frames[index].Start, _frames[index].Length);

    public long Bytes => _frames.Sum(f => (long)f.Length);

    public delegate bool Test(ReadOnlySpan<byte> frame);

    /// <summary>Looks at each in turn and forgets those that fail.</summary>
    public void Keep(Test isKept) => _frames.RemoveAll(f => !isKept(_bytes.AsSpan(f.Start, f.Length)));

    /// <summary>No JSON: there are no tokens to walk.</summary>
    public bool IsBinary => Count > 0 && this[0][0] is not ((byte)'{' or (byte)'[');

    /// <summary>Null where the recordings are absent.</summary>
    public static RecordedFrames? TryLoad(string path)
    {
        var file = Path.Combine(Folder(), path);
        if (!File.Exists(file))
            return null;
        var text = Read(file);
        var frames = new RecordedFrames { _bytes = new byte[text.Length] };
        if (path.EndsWith(".txt.gz", StringComparison.Ordinal))
            frames.AddSeparated(text, ";;"u8, line => line);
        else if (path.Contains("hftbacktest", StringComparison.Ordinal))
            frames.AddSeparated(text, "\n"u8, line => line[(line.IndexOf((byte)' ') + 1)..]);
        else if (path.EndsWith(".log.gz", StringComparison.Ordinal))
            frames.AddSeparated(text, "\n"u8, LoggedText);
        else
            frames.AddSeparated(text, "\n"u8, ReceivedText);
        return frames;
    }

    delegate ReadOnlySpan<byte> Unpack(ReadOnlySpan<byte> line);

    void AddSeparated(ReadOnlySpan<byte> text, ReadOnlySpan<byte> separator, Unpack unpack)
    {
        while (!text.IsEmpty)
        {
            var length = text.IndexOf(separator);
            var line = length < 0 ? text : text[..length];
            text = length < 0 ? default : text[(length + separator.Length)..];
            var frame = unpack(line);
            if (frame.IsEmpty)
                continue;
            frame.CopyTo(_bytes.AsSpan(_used));
            _frames.Add((_used, frame.Length));
            _used += frame.Length;
        }
    }

    /// <summary><c>time: frame</c>; what was sent and connected begins with an address.</summary>
    static ReadOnlySpan<byte> LoggedText(ReadOnlySpan<byte> line) =>
        line is [>= (byte)'0' and <= (byte)'9', ..] ? line[(line.IndexOf(": "u8) + 2)..] : default;

    static ReadOnlySpan<byte> ReceivedText(ReadOnlySpan<byte> line)
    {
        using var row = JsonDocument.Parse(line.ToArray());
        if (row.RootElement.TryGetProperty("hex", out var hex))
            return Convert.FromHexString(hex.GetString()!);
        if (!row.RootElement.TryGetProperty("t", out var kind) || !kind.ValueEquals("recv"))
            return default;
        return row.RootElement.TryGetProperty("b64", out var binary)
            ? binary.GetBytesFromBase64()
            : Encoding.UTF8.GetBytes(row.RootElement.GetProperty("data").GetString()!);
    }

    static byte[] Read(string file)
    {
        if (!file.EndsWith(".gz", StringComparison.Ordinal))
            return File.ReadAllBytes(file);
        using var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        packed.CopyTo(plain);
        return plain.ToArray();
    }

    static string Folder()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Ticklake.slnx")))
            at = at.Parent;
        return Path.Combine(at?.FullName ?? ".", "..", "shared", "fixtures");
    }
}
