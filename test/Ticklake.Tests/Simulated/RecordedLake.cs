using System.Text;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Journal;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Tests.Simulated;

/// <summary>A row of <c>controls</c>.</summary>
sealed record ControlRow(string Kind, string Channel, string SourceFile, long Line, string Detail);

/// <summary>What a recorder left in its data folder, read back through catalogue, manifests, Parquet files and journals.</summary>
sealed class RecordedLake
{
    readonly string _folder;
    readonly List<CatalogEntry> _entries;

    public RecordedLake(string folder)
    {
        _folder = folder;
        var catalog = new SegmentCatalog(folder, DiskFileSystem.Instance);
        catalog.Load();
        _entries = [.. catalog.Entries()];
    }

    public IReadOnlyList<StreamKey> Streams => [.. _entries.Select(e => e.Stream).Distinct().OrderBy(s => s.ToString())];

    public IReadOnlyList<string> Files(StreamKey stream) =>
        [.. _entries.Where(e => e.Stream == stream).Select(e => Path.Combine(_folder, e.FilePath))];

    /// <summary>Rows of a stream as the files themselves say.</summary>
    public long Rows(StreamKey stream) => Files(stream).Sum(file =>
    {
        using var reader = SegmentFile.Open(file);
        return reader.RowCount;
    });

    /// <summary>One column of a stream, all segments in order.</summary>
    public List<object?> Column(StreamKey stream, string column)
    {
        var values = new List<object?>();
        foreach (var file in Files(stream))
        {
            using var reader = SegmentFile.Open(file);
            for (var group = 0; group < reader.GroupRows.Count; group++)
            {
                var part = reader.Read(group)[column];
                for (var i = 0; i < part.Count; i++)
                    values.Add(part[i]);
            }
        }

        return values;
    }

    /// <summary>Reasons of the holes that the stream's manifests declare.</summary>
    public List<GapMark> Holes(StreamKey stream) =>
        [.. _entries.Where(e => e.Stream == stream).SelectMany(e => e.Manifest.Gaps)];

    public List<ControlRow> Controls(string exchange)
    {
        var stream = Streams.First(s => s.Market.PathName == exchange && s.Channel == Channel.Controls);
        var kinds = Texts(stream, "kind");
        var channels = Texts(stream, "channel");
        var files = Texts(stream, "source_file");
        var lines = Column(stream, "line_no");
        var details = Texts(stream, "detail");
        return [.. kinds.Select((kind, i) => new ControlRow(
            kind, channels[i], files[i], Convert.ToInt64(lines[i], null), details[i]))];
    }

    /// <summary>What a journal line received; base64 of a binary message, as the truth log has it.</summary>
    public string Frame(string sourceFile, long line)
    {
        using var reader = new JournalReader(Path.Combine(_folder, sourceFile));
        while (reader.TryRead(out var read))
        {
            if (read.LineNumber == line)
                return read.IsBinary ? Convert.ToBase64String(read.Payload) : Encoding.UTF8.GetString(read.Payload);
        }

        return $"(no line {line} in {sourceFile})";
    }

    List<string> Texts(StreamKey stream, string column) => [.. Column(stream, column).Select(v => v switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => v?.ToString() ?? "",
    })];
}
