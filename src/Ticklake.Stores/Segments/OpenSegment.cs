using Ticklake.Core.Markets;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Segments;

/// <summary>
/// A segment not yet sealed: its tally from the first row on, its file from the first row group on. Store thread only.
/// </summary>
sealed class OpenSegment(
    StreamKey stream, SegmentSpan span, SegmentSetting setting, SegmentFolders folders, ISegmentWorkspace workspace)
{
    SegmentOutput? _output;
    ISegmentFile? _file;
    SegmentPlace? _place;

    readonly SegmentSides? _sides =
        setting.Options.Layout.SealsFolders ? new SegmentSides(stream, setting) : null;

    public SegmentSpan Span => span;

    public SegmentTally Tally { get; } = new();

    public long BytesWritten => _file?.BytesWritten ?? 0;

    /// <summary>Takes note of a batch that joins the segment.</summary>
    public void Add(RowBatch batch)
    {
        Tally.Add(batch);
        _sides?.Add(batch);
    }

    /// <summary>Takes note of rows of <c>controls</c> that no batch of the segment brought.</summary>
    public void Add(IEnumerable<ControlNote> controls) => _sides?.Add(controls);

    public void Write(RowGroupColumns rows)
    {
        _file ??= Create();
        _file.WriteRowGroup(rows.Columns);
        Tally.CountNumbers(rows.InexactValues, rows.RoundedValues);
    }

    /// <summary>
    /// Finishes and commits the file; once this returns the segment is sealed. There must be a row group.
    /// </summary>
    public async ValueTask SealAsync(string endReason)
    {
        var place = _place!.Value;
        _file!.Finish(SegmentMetadata.Of(stream, Tally.Journal, Tally.Gaps));
        var finished = _output!.Seal(place.FileName);
        Close();
        // The rows must not outlive the frames they can be traced to.
        foreach (var file in Tally.Journal.GroupBy(range => range.File))
            await setting.Barrier(file.Key, file.Max(range => range.LastLine)).ConfigureAwait(false);
        var manifest = Tally.ToManifest(stream, finished, endReason, setting.Options.DecoderVersion) with
        {
            SideFiles = _sides?.Write(place.TempPath) ?? [],
        };
        var path = folders.Commit(place, manifest);
        Publish(place.Folder, path, manifest);
    }

    /// <summary>
    /// Closes and removes what was written. For a segment whose sealing failed or that is not wanted.
    /// </summary>
    public void Abandon()
    {
        if (_place is not { } place)
            return;
        try
        {
            Close();
        }
        catch (Exception fault) when (SegmentLostException.Covers(fault))
        {
            // Closing flushes, and a full disk refuses that too.
        }

        folders.Abandon(place);
    }

    ISegmentFile Create()
    {
        var place = folders.Begin(stream, Tally.FirstRecvUs, setting.Options.Extension);
        _place = place;
        _output = SegmentOutput.Create(place.TempFile, setting.Files);
        return workspace.Begin(_output.Stream, stream.Channel);
    }

    void Close()
    {
        _file?.Dispose();
        _output?.Dispose();
    }

    /// <summary>
    /// What follows the commit: a failure here loses nothing that the next start would not put right.
    /// </summary>
    void Publish(string folder, string path, SegmentManifest manifest)
    {
        try
        {
            setting.Files.SyncFolder(folder);
            setting.Catalog.Add(new CatalogEntry(path, manifest));
        }
        catch (Exception fault) when (SegmentLostException.Covers(fault))
        {
            setting.Report($"{path} is sealed, but: {fault.Message}");
        }
    }
}
