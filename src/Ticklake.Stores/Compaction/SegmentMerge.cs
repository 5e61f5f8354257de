using System.Security.Cryptography;
using Ticklake.Columnar;
using Ticklake.Stores.Csv;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Compaction;

/// <summary>
/// Makes one segment of several: merged by receive time, proven row by row against what it was made of, and committed
/// before the old ones go. Whatever stops it before the commit leaves the old segments as they were. One thread.
/// </summary>
sealed class SegmentMerge(MergeGroup group, SegmentSetting setting)
{
    readonly SegmentFolders _folders = new(
        setting.DataFolder, SegmentLayout.Daily, setting.Files, setting.Catalog);

    readonly SegmentFormat _format = SegmentFormat.OfName(group.Segments[0].Manifest.File)
        ?? throw new NotSupportedException($"{group.Segments[0].FilePath} is of no known format");

    readonly MergedSegment _merged = new(group);
    NumberForm _numbers;

    /// <summary>Merges; the old segments are replaced, and removed, when this returns.</summary>
    /// <exception cref="InvalidDataException">An old segment is not what its manifest says, or the new one not what was
    /// written; nothing was changed.</exception>
    /// <exception cref="IOException">The disk refuses. If it was the removal of an old segment, the next start does
    /// it.</exception>
    /// <exception cref="OperationCanceledException">Nothing was changed.</exception>
    public CatalogEntry Run(CancellationToken cancel)
    {
        var first = group.Segments[0];
        var place = _folders.BeginBeside(first.Path[..first.Path.LastIndexOf('/')], first.Manifest.File);
        CatalogEntry entry;
        try
        {
            var file = Write(place, cancel);
            Prove(place.TempFile);
            cancel.ThrowIfCancellationRequested();
            var manifest = _merged.ToManifest(file);
            entry = new CatalogEntry(_folders.Commit(place, manifest), manifest);
        }
        catch
        {
            _folders.Abandon(place);
            throw;
        }

        setting.Files.SyncFolder(place.Folder);
        setting.Catalog.Add(entry);
        foreach (var segment in group.Segments)
            _folders.Remove(segment);
        setting.Files.SyncFolder(place.Folder);
        return entry;
    }

    SealedFile Write(in SegmentPlace place, CancellationToken cancel)
    {
        var first = group.Segments[0];
        using (var reader = Read(first.FilePath))
        {
            _numbers = TableSchemas.FormOf(first.Stream.Channel, reader.Schema)
                ?? throw new InvalidDataException($"{first.FilePath} has not the columns of its table");
        }

        using var workspace = _format.CreateWorkspace(setting.Options with
        {
            Numbers = _numbers,
            Csv = CsvFormat.OptionsOf(first.Manifest.File),
        });
        using var output = SegmentOutput.Create(place.TempFile, setting.Files);
        using var file = workspace.Begin(output.Stream, first.Stream.Channel);
        Merge(file, cancel);
        if (_merged.Rows.Rows != group.Rows)
        {
            throw new InvalidDataException(
                $"the segments hold {_merged.Rows.Rows} rows, their manifests say {group.Rows}");
        }

        file.Finish(SegmentMetadata.Of(first.Stream, _merged.Journal, _merged.Gaps));
        return output.Seal(place.FileName);
    }

    void Merge(ISegmentFile file, CancellationToken cancel)
    {
        var waiting = new Queue<CatalogEntry>(group.Segments);
        var open = new List<MergeSource>();
        GatheredColumn[]? columns = null;
        var held = 0;
        try
        {
            while (open.Count > 0 || waiting.Count > 0)
            {
                cancel.ThrowIfCancellationRequested();
                if (OpenDue(waiting, open) is { } schema)
                    columns ??= [.. schema.Select(column => GatheredColumn.Of(column.Kind))];
                var next = Earliest(open);
                var rows = Math.Min(RowsUntilAnother(next, open, waiting), setting.Options.RowGroupRows - held);
                _merged.Add(next, rows);
                for (var i = 0; i < columns!.Length; i++)
                    columns[i].Add(next.Table!.Columns[i], next.Row, rows);
                next.Advance(rows);
                if (next.Table is null)
                    Close(next, open);
                held += rows;
                if (held < setting.Options.RowGroupRows)
                    continue;
                WriteGroup(file, columns);
                held = 0;
            }

            if (held > 0)
                WriteGroup(file, columns!);
        }
        finally
        {
            foreach (var source in open)
                source.Dispose();
        }
    }

    /// <summary>Opens the segments that may hold the next row; returns the columns of the last one opened.</summary>
    IReadOnlyList<ColumnSchema>? OpenDue(Queue<CatalogEntry> waiting, List<MergeSource> open)
    {
        IReadOnlyList<ColumnSchema>? schema = null;
        while (waiting.TryPeek(out var segment)
            && (open.Count == 0 || segment.Manifest.FirstRecvUs <= open.Min(source => source.Key)))
        {
            var source = Open(waiting.Dequeue(), group.Segments.Count - waiting.Count);
            if (source.Table is null)
                source.Dispose();
            else
                open.Add(source);
            schema = source.Schema;
        }

        return schema;
    }

    MergeSource Open(CatalogEntry segment, int order)
    {
        using (var bytes = setting.Files.OpenRead($"{setting.DataFolder}/{segment.FilePath}"))
        {
            // What a disk has spoilt must not be sealed again as if it were whole.
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
            if (hash != segment.Manifest.Sha256)
                throw new InvalidDataException($"{segment.FilePath} has the SHA-256 {hash}, its manifest says {segment.Manifest.Sha256}");
        }

        var reader = Read(segment.FilePath);
        if (reader.Schema.SequenceEqual(TableSchemas.Of(segment.Stream.Channel, _numbers)))
            return new MergeSource(reader, order);
        reader.Dispose();
        throw new InvalidDataException($"{segment.FilePath} has not the columns of the segment before it");
    }

    TableReader Read(string path) => SegmentFile.Open(setting.Files.OpenRead($"{setting.DataFolder}/{path}"), _format);

    static MergeSource Earliest(List<MergeSource> open)
    {
        var earliest = open[0];
        foreach (var source in open)
        {
            if (source.IsBefore(earliest))
                earliest = source;
        }

        return earliest;
    }

    static int RowsUntilAnother(MergeSource next, List<MergeSource> open, Queue<CatalogEntry> waiting)
    {
        var rows = next.Table!.RowCount - next.Row;
        foreach (var other in open)
        {
            if (other != next)
                rows = Math.Min(rows, next.RowsBefore(other));
        }

        // A segment not yet open begins with a row that is not earlier than this; rows as early come first here.
        return waiting.TryPeek(out var segment)
            ? Math.Clamp(next.RowsBelow(segment.Manifest.FirstRecvUs + 1), 1, rows)
            : rows;
    }

    static void Close(MergeSource source, List<MergeSource> open)
    {
        open.Remove(source);
        source.Dispose();
    }

    static void WriteGroup(ISegmentFile file, GatheredColumn[] columns)
    {
        file.WriteRowGroup([.. columns.Select(column => (IReadOnlyList<ColumnPart>)[column.ToPart()])]);
        foreach (var column in columns)
            column.Clear();
    }

    /// <summary>Reads the new file back from the disk: all rows, in their order, and no other.</summary>
    void Prove(string path)
    {
        var read = new RowChain();
        using var reader = SegmentFile.Open(setting.Files.OpenRead(path), _format);
        for (var i = 0; i < reader.GroupRows.Count; i++)
            read = read.With(TableHash.Of(reader.Read(i)));
        if (read != _merged.Rows)
        {
            throw new InvalidDataException(
                $"{path} reads back {read.Rows} rows (hash {read.Hash:x16}), written were {_merged.Rows.Rows} ({_merged.Rows.Hash:x16})");
        }
    }
}
