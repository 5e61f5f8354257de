using Ticklake.Columnar.Parquet;
using Ticklake.Core.Markets;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Segments;

/// <summary>
/// What a segment with a folder of its own holds beside its file: the rows of <c>controls</c> that concern its stream, and
/// the journal lines of its rows. Gathered while the segment is open, written when it is sealed. Store thread only.
/// </summary>
sealed class SegmentSides(StreamKey stream, SegmentSetting setting)
{
    public const string ControlsName = "controls.parquet";
    public const string WalName = "wal.jsonl.zst";

    readonly List<ControlNote> _controls = [];
    readonly JournalLines? _lines = setting.Options.Wal && setting.Slice is not null ? new JournalLines() : null;

    // What the table itself holds need not lie beside it a second time.
    bool HasControls => stream.Channel != Channel.Controls;

    public void Add(RowBatch batch)
    {
        _lines?.Add(batch);
        Add(batch.Controls);
    }

    public void Add(IEnumerable<ControlNote> controls)
    {
        if (HasControls)
            _controls.AddRange(controls);
    }

    /// <summary>Writes and syncs the files; the journal is on the disk up to the last line.</summary>
    public IReadOnlyList<SideFile> Write(string folder)
    {
        var files = new List<SideFile>();
        if (HasControls)
            files.Add(Write(folder, ControlsName, WriteControls));
        if (_lines is not null)
            files.Add(Write(folder, WalName, WriteLines));
        return files;
    }

    SideFile Write(string folder, string name, Action<Stream> write)
    {
        using var file = setting.Files.Create($"{folder}/{name}{SegmentFolders.TempSuffix}");
        using var hashing = new HashingStream(file);
        write(hashing);
        setting.Files.Sync(file);
        return new SideFile(name, hashing.Length, hashing.Sha256);
    }

    void WriteControls(Stream file)
    {
        var schema = TableSchemas.Of(Channel.Controls);
        using var writer = new ParquetWriter(file, schema, setting.Options.File);
        var columns = new RowGroupColumns(schema);
        var batches = Batches().ToList();
        foreach (var batch in batches)
            batch.ToColumns(columns);
        writer.WriteRowGroup(columns.Columns);
        writer.Finish(SegmentMetadata.OfControlsBeside(stream));
        batches.ForEach(setting.Pool.Return);
    }

    /// <summary>The notes in their order, those of one journal file together in a batch.</summary>
    IEnumerable<RowBatch> Batches()
    {
        ControlRows? rows = null;
        foreach (var note in _controls)
        {
            if (rows is not null && !ReferenceEquals(rows.Header, note.Header))
            {
                yield return rows;
                rows = null;
            }

            rows ??= (ControlRows)setting.Pool.Rent(note.Header, _controls.Count);
            rows.Add(note.Stamp, note.Event);
        }

        if (rows is not null)
            yield return rows;
    }

    void WriteLines(Stream file)
    {
        foreach (var (journal, lines) in _lines!.ByFile())
            setting.Slice!(journal, lines, file);
    }
}
