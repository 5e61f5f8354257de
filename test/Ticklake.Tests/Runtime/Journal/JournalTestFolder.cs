using System.Text;
using Ticklake.Core.Markets;
using Ticklake.Core.Time;
using Ticklake.Runtime.Journal;

namespace Ticklake.Tests.Runtime.Journal;

/// <summary>A data directory of a test's own, removed with it, and what journal tests read back.</summary>
sealed class JournalTestFolder : IDisposable
{
    public static readonly TimestampNs Start = new(1_737_100_800_000_000_123);

    public string Path { get; } = Directory.CreateTempSubdirectory("ticklake-journal-").FullName;

    public static JournalHeader Header(string connId = "c1") =>
        new() { Market = new MarketId("bitfinex", "spot"), ConnId = connId, Url = "wss://example.test/ws/2" };

    public string FullPath(JournalWriter writer) => System.IO.Path.Combine(Path, writer.RelativePath);

    public static List<ReadLine> ReadAll(string path, out JournalEnd end)
    {
        using var reader = new JournalReader(path);
        var lines = ReadAll(reader);
        end = reader.End;
        return lines;
    }

    public static List<ReadLine> ReadAll(JournalReader reader)
    {
        var lines = new List<ReadLine>();
        while (reader.TryRead(out var line))
            lines.Add(ReadLine.From(line));
        return lines;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>A journal line that outlives its reader's buffer.</summary>
sealed record ReadLine(
    JournalLineKind Kind, long Time, long Number, long Imported, byte[] Payload, bool IsBinary, string Path, int Status,
    string Occurrence)
{
    public string Text => Encoding.UTF8.GetString(Payload);

    public static ReadLine From(in JournalLine line) => new(
        line.Kind, line.Time.Value, line.LineNumber, line.ImportedLine, line.Payload.ToArray(), line.IsBinary,
        Encoding.UTF8.GetString(line.Path), line.Status, Encoding.UTF8.GetString(line.Occurrence));
}
