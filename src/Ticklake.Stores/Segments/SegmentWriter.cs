using Ticklake.Core.Markets;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Segments;

/// <summary>
/// Writes one stream: holds batches until a row group is due, cuts segments where the rows' own receive times and the
/// size say so, and seals them. Where batches begin and end leaves no trace in the files. Store thread only.
/// </summary>
sealed class SegmentWriter
{
    readonly StreamKey _stream;
    readonly SegmentSetting _setting;
    readonly ISegmentWorkspace _workspace;
    readonly SegmentFolders _folders;
    readonly SegmentRotation _rotation;
    readonly RowGroupColumns _columns;
    readonly List<RowBatch> _held = [];
    readonly List<GapMark> _gapsAhead = [];
    readonly List<ControlNote> _controlsAhead = [];
    OpenSegment? _open;
    int _heldCount;
    long _heldSince;
    int _okAhead;
    int _mismatchedAhead;

    public SegmentWriter(StreamKey stream, SegmentSetting setting, ISegmentWorkspace workspace)
    {
        _stream = stream;
        _setting = setting;
        _workspace = workspace;
        _folders = new SegmentFolders(
            setting.DataFolder, setting.Options.Layout, setting.Files, setting.Catalog, setting.Options.Server);
        _rotation = new SegmentRotation(setting.Options.Layout.Boundary, setting.Options.Rotate);
        _columns = new RowGroupColumns(TableSchemas.Of(stream.Channel, setting.Options.NumberForm));
    }

    /// <summary>Room taken by batches that wait for their row group, in rows.</summary>
    public int HeldRows { get; private set; }

    public long SegmentsSealed { get; private set; }

    public long RowsSealed { get; private set; }

    /// <summary>The open segment as people see it, or null.</summary>
    public OpenSegmentStatus? Status => _open is { } open
        ? new OpenSegmentStatus(_stream, open.Tally.Rows, open.BytesWritten, open.Span, open.Tally.LastRecvUs)
        : null;

    /// <summary>Journal files with rows in the open segment.</summary>
    public IEnumerable<string> OpenJournals => _open?.Tally.Journal.Select(range => range.File) ?? [];

    /// <summary>Takes a batch, which goes back to the pool when it is written or given up.</summary>
    /// <exception cref="SegmentLostException">The open segment and this batch were given up.</exception>
    public async ValueTask AppendAsync(RowBatch batch)
    {
        if (batch.Count == 0)
        {
            TakeMarks(batch);
            return;
        }

        var rest = batch;
        try
        {
            while (rest is not null)
            {
                await EnterSpanAsync(rest.FirstRecvUs).ConfigureAwait(false);
                var part = rest;
                var rows = Math.Min(RowsInSpan(part), RowsToGroupEnd(part));
                rest = rows < part.Count ? part.SplitAt(rows) : null;
                Hold(part);
                if (_heldCount >= _setting.Options.RowGroupRows)
                    WriteRowGroup();
                if (_open!.BytesWritten >= _setting.Options.MaxBytes)
                    await SealOpenAsync(EndReasons.Size).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (SegmentLostException.Covers(fault))
        {
            throw GiveUp(rest, fault);
        }
    }

    /// <summary>
    /// Declares a hole: in the open segment, or in the next one where it was found after this one's span.
    /// </summary>
    void MarkGap(GapMark gap)
    {
        if (_open is { } open && gap.RecvUs < open.Span.EndUs)
            open.Tally.Add(gap);
        else
            _gapsAhead.Add(gap);
    }

    void CountChecksums(int ok, int mismatched)
    {
        if (_open is { } open)
            open.Tally.CountChecksums(ok, mismatched);
        else
            (_okAhead, _mismatchedAhead) = (_okAhead + ok, _mismatchedAhead + mismatched);
    }

    /// <summary>Writes the rows held as a row group if the oldest of them has waited long enough.</summary>
    /// <exception cref="SegmentLostException">The open segment was given up.</exception>
    public void FlushRowGroup(TimeSpan minAge)
    {
        if (_heldCount == 0 || _setting.Clock.GetElapsedTime(_heldSince) < minAge)
            return;
        try
        {
            WriteRowGroup();
        }
        catch (Exception fault) when (SegmentLostException.Covers(fault))
        {
            throw GiveUp(null, fault);
        }
    }

    /// <summary>
    /// Seals the open segment if its span was over by then, for the reason a later row would have given.
    /// </summary>
    public ValueTask SealEndedAsync(long recvUs) =>
        _open is { } open && recvUs >= open.Span.EndUs ? SealAsync(_rotation.EndReason) : ValueTask.CompletedTask;

    /// <summary>Seals the open segment, if there is one.</summary>
    /// <exception cref="SegmentLostException">The open segment was given up.</exception>
    public async ValueTask SealAsync(string reason)
    {
        if (_open is null)
            return;
        try
        {
            await SealOpenAsync(reason).ConfigureAwait(false);
        }
        catch (Exception fault) when (SegmentLostException.Covers(fault))
        {
            throw GiveUp(null, fault);
        }
    }

    async ValueTask EnterSpanAsync(long recvUs)
    {
        // Also when the clock stepped back: the rows go to a segment of their own span.
        if (_open is { } open && !open.Span.Contains(recvUs))
            await SealOpenAsync(_rotation.EndReason).ConfigureAwait(false);
        if (_open is not null)
            return;
        _open = new OpenSegment(_stream, _rotation.SpanOf(recvUs), _setting, _folders, _workspace);
        foreach (var gap in _gapsAhead)
            _open.Tally.Add(gap);
        _open.Tally.CountChecksums(_okAhead, _mismatchedAhead);
        _open.Add(_controlsAhead);
        _controlsAhead.Clear();
        _gapsAhead.Clear();
        (_okAhead, _mismatchedAhead) = (0, 0);
    }

    void TakeMarks(RowBatch batch)
    {
        foreach (var gap in batch.Gaps)
            MarkGap(gap);
        CountChecksums(batch.ChecksumsOk, batch.ChecksumsMismatched);
        if (_setting.Options.Layout.SealsFolders)
            TakeControls(batch.Controls);
        _setting.Pool.Return(batch);
    }

    void TakeControls(IReadOnlyList<ControlNote> controls)
    {
        _open?.Add(controls.Where(control => control.Stamp.RecvUs < _open.Span.EndUs));
        _controlsAhead.AddRange(controls.Where(control => _open is null || control.Stamp.RecvUs >= _open.Span.EndUs));
    }

    /// <summary>
    /// Rows before the first one received outside the span; rows of one frame share their receive time.
    /// </summary>
    int RowsInSpan(RowBatch batch)
    {
        var span = _open!.Span;
        var outside = batch.RecvUs.IndexOfAnyExceptInRange(span.StartUs, span.EndUs - 1);
        return outside < 0 ? batch.Count : outside;
    }

    /// <summary>Rows up to the end of the frame that fills the row group: a frame never lies in two segments.</summary>
    int RowsToGroupEnd(RowBatch batch)
    {
        var rows = _setting.Options.RowGroupRows - _heldCount;
        if (rows >= batch.Count)
            return batch.Count;
        var lines = batch.Lines;
        var next = lines[rows..].IndexOfAnyExcept(lines[rows - 1]);
        return next < 0 ? batch.Count : rows + next;
    }

    void Hold(RowBatch batch)
    {
        if (_heldCount == 0)
            _heldSince = _setting.Clock.GetTimestamp();
        _open!.Add(batch);
        _held.Add(batch);
        _heldCount += batch.Count;
        HeldRows += batch.Capacity;
    }

    void WriteRowGroup()
    {
        try
        {
            foreach (var batch in _held)
                batch.ToColumns(_columns);
            _open!.Write(_columns);
        }
        finally
        {
            _columns.Clear();
            Release();
        }
    }

    async ValueTask SealOpenAsync(string reason)
    {
        if (_heldCount > 0)
            WriteRowGroup();
        var open = _open!;
        await open.SealAsync(reason).ConfigureAwait(false);
        _open = null;
        SegmentsSealed++;
        RowsSealed += open.Tally.Rows;
    }

    SegmentLostException GiveUp(RowBatch? rest, Exception fault)
    {
        var lost = new List<JournalRange>();
        if (_open is { } open)
        {
            open.Abandon();
            lost.AddRange(open.Tally.Journal);
            // Its gaps go with it: deriving the rows again finds them again.
            _open = null;
        }

        if (rest is not null)
        {
            lost.Add(new JournalRange(rest.Header.SourceFile, rest.FirstLine, rest.LastLine, rest.Count));
            _setting.Pool.Return(rest);
        }

        Release();
        return new SegmentLostException(_stream, lost, fault);
    }

    void Release()
    {
        foreach (var batch in _held)
            _setting.Pool.Return(batch);
        _held.Clear();
        _heldCount = 0;
        HeldRows = 0;
    }
}
