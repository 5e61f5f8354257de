using Ticklake.Columnar;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Replay;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.SystemTests.Crash;

/// <summary>The rows of a lake as a set: of its journals, or of its sealed segments.</summary>
sealed class LakeRows
{
    readonly HashSet<Row> _rows = [];
    readonly Dictionary<string, string> _names = [];

    /// <summary>Rows that came twice, trades that came twice, files that should not be: nothing, in a sound lake.</summary>
    public List<string> Faults { get; } = [];

    public int Count => _rows.Count;

    /// <summary>Every row the journals make, found by decoding them from the beginning.</summary>
    public static async Task<LakeRows> DerivedAsync(string data)
    {
        var rows = new LakeRows();
        var pool = new RowBatchPool();
        var replay = new LakeReplay(
            pool,
            batch =>
            {
                if (batch.Count > 0)
                    rows.Add(batch.Header.Stream, batch.Header.SourceFile, batch.Lines, DerivedRows.Hash(batch));
                pool.Return(batch);
                return ValueTask.CompletedTask;
            });
        await replay.RunAsync(JournalFolder.Sessions(data), CancellationToken.None);
        return rows;
    }

    /// <summary>Every row in the sealed files, found by walking the folders and reading them all.</summary>
    public static LakeRows Sealed(string data)
    {
        var rows = new LakeRows();
        var catalog = new SegmentCatalog(data, DiskFileSystem.Instance);
        var manifests = catalog.Manifests().ToDictionary(m => m.FilePath);
        var trades = new HashSet<(StreamKey, string)>();
        foreach (var path in Directory.EnumerateFiles(data, "*.parquet", SearchOption.AllDirectories))
        {
            if (!manifests.Remove(Path.GetRelativePath(data, path), out var entry))
                rows.Faults.Add($"{path} has no manifest");
            else
                rows.AddFile(entry, path, trades);
        }

        rows.Faults.AddRange(manifests.Keys.Select(path => $"{path} has a manifest and is not there"));
        return rows;
    }

    /// <summary>Every row in the segments that manifests and catalogue say are sealed, whatever else lies beside them.</summary>
    public static LakeRows Listed(string data)
    {
        var rows = new LakeRows();
        var trades = new HashSet<(StreamKey, string)>();
        foreach (var entry in new SegmentCatalog(data, DiskFileSystem.Instance).EverSealed(rows.Faults.Add).Where(e => e.Retired is null))
            rows.AddFile(entry, Path.Combine(data, entry.FilePath), trades);
        return rows;
    }

    /// <summary>What is in one of them only, in words; the first few.</summary>
    public static IReadOnlyList<string> Differences(LakeRows derived, LakeRows stored)
    {
        var inStored = stored._rows.Select(r => (r.Stream, r.File, r.Line)).ToHashSet();
        var inDerived = derived._rows.Select(r => (r.Stream, r.File, r.Line)).ToHashSet();
        return
        [
            .. Describe(derived._rows.Except(stored._rows), "is in no segment", inStored),
            .. Describe(stored._rows.Except(derived._rows), "is in a segment, but not in the journal", inDerived),
        ];
    }

    static IEnumerable<string> Describe(
        IEnumerable<Row> rows, string what, HashSet<(StreamKey, string, long)> places)
    {
        var all = rows.ToList();
        return all.Take(10).Select(r => $"{r.Stream} {r.File}:{r.Line} {what}"
            + (places.Contains((r.Stream, r.File, r.Line)) ? " (rows of its line are)" : ""))
            .Concat(all.Count > 10 ? [$"and {all.Count - 10} more such rows"] : []);
    }

    void AddFile(CatalogEntry entry, string path, HashSet<(StreamKey, string)> trades)
    {
        using var reader = SegmentFile.Open(path);
        for (var group = 0; group < reader.GroupRows.Count; group++)
        {
            var table = reader.Read(group);
            var files = (Utf8Values)table["source_file"];
            var lines = (FixedValues<long>)table["line_no"];
            var hashes = TableHash.Of(table);
            for (var i = 0; i < hashes.Length; i++)
                Add(entry.Stream, (string)files[i]!, lines.Values[i], hashes[i]);
            if (entry.Stream.Channel != Channel.Trades)
                continue;
            var ids = table["trade_id"];
            for (var i = 0; i < hashes.Length; i++)
            {
                if (!trades.Add((entry.Stream, (string)ids[i]!)))
                    Faults.Add($"{entry.Stream} has trade {ids[i]} again at {files[i]}:{lines.Values[i]}");
            }
        }
    }

    void Add(StreamKey stream, string file, ReadOnlySpan<long> lines, ulong[] hashes)
    {
        for (var i = 0; i < hashes.Length; i++)
            Add(stream, file, lines[i], hashes[i]);
    }

    void Add(StreamKey stream, string file, long line, ulong hash)
    {
        if (!_names.TryGetValue(file, out var name))
            _names.Add(file, name = file);
        // The hash covers ingest_id: rows of one line differ by it.
        if (!_rows.Add(new Row(stream, name, line, hash)))
            Faults.Add($"{stream} has a row of {file}:{line} twice");
    }

    readonly record struct Row(StreamKey Stream, string File, long Line, ulong Hash);
}
