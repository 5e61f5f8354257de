using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Core.Time;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// Puts a session's rows into batches and hands full ones on. Leaves out rows that a sealed segment holds already. Session
/// thread only.
/// </summary>
sealed class RowWriter(SessionIdentity identity, IBatchSink sink, RowBatchPool pool, PipelineCounters counters)
{
    // More than any session has that is worth looking at; a stream in disorder can have one a frame.
    const int MostControls = 10_000;

    readonly List<RowSlot> _slots = [];

    // Of the present journal file: each stream's batches take along what concerns it.
    readonly List<(ControlNote Note, RowSlot? Slot)> _controls = [];
    string _sourceFile = "";
    Func<StreamKey, IReadOnlyList<LineRange>>? _sealedLines;

    public long? ConfFlags { get; private set; } = identity.ConfFlags;

    public IReadOnlyList<RowSlot> Slots => _slots;

    public string SourceFile => _sourceFile;

    public void Add(RowSlot slot)
    {
        slot.BeginFile(_sealedLines?.Invoke(slot.State.Key) ?? []);
        _slots.Add(slot);
    }

    /// <summary>Rows from now on come from another journal file.</summary>
    public void BeginFile(string sourceFile, Func<StreamKey, IReadOnlyList<LineRange>>? sealedLines)
    {
        HandOverAll();
        _sourceFile = sourceFile;
        _sealedLines = sealedLines;
        _controls.Clear();
        foreach (var slot in _slots)
            slot.BeginFile(sealedLines?.Invoke(slot.State.Key) ?? []);
    }

    /// <summary>The connection's flags or a stream's tags change: batches with the old ones are done.</summary>
    public void SetFlags(long flags)
    {
        if (ConfFlags == flags)
            return;
        ConfFlags = flags;
        foreach (var slot in _slots)
            EndHeader(slot);
    }

    public void SetTags(RowSlot slot, StreamTags tags)
    {
        if (slot.Tags == tags)
            return;
        slot.Tags = tags;
        EndHeader(slot);
    }

    /// <summary>The batch that takes the rows of this line, or null where they are sealed already.</summary>
    public RowBatch? BatchFor(RowSlot slot, long line, TimestampNs time)
    {
        if (slot.Sealed.Count > 0 && slot.IsSealed(line))
        {
            // What is filled so far lies before the sealed lines, what comes lies behind them.
            HandOver(slot);
            slot.StartsRange = true;
            PassControls(slot, line, null);
            return null;
        }

        var batch = slot.Batch;
        if (batch is not null)
        {
            // Rows of one frame stay together: a segment ends with a batch, and lines are sealed as a whole.
            if (!batch.IsFull || batch.LastLine == line)
                return batch;
            HandOver(slot);
        }

        batch = pool.Rent(HeaderOf(slot), slot.ExpectedRows);
        batch.StartsRange = slot.StartsRange;
        slot.StartsRange = false;
        slot.Batch = batch;
        slot.BatchSince = time;
        return batch;
    }

    /// <summary>Hands on what has waited for <paramref name="age"/>, so that a quiet stream's rows do not wait for a full batch.</summary>
    public void HandOverOlderThan(TimestampNs now, TimeSpan age)
    {
        foreach (var slot in _slots)
        {
            if (slot.Batch is not null && (now - slot.BatchSince).Duration() >= age)
                HandOver(slot);
        }
    }

    public void HandOverAll()
    {
        foreach (var slot in _slots)
        {
            // Holes and checksums found since the last row go along; where there is none, a batch without rows brings them.
            // A stream that had no rows has no segment either that its controls could lie beside.
            if (slot.Batch is not null || slot.HasFindings || (slot.Header is not null && HasControls(slot)))
                Pass(slot, slot.Batch ?? pool.Rent(HeaderOf(slot), 0), long.MaxValue);
        }
    }

    /// <summary>
    /// Lets streams know of a row of <c>controls</c>: the one it is about, or all of the connection.
    /// </summary>
    public void Note(RowSlot controls, RowStamp stamp, ControlEvent control, RowSlot? slot)
    {
        if (_controls.Count < MostControls)
            _controls.Add((new ControlNote(HeaderOf(controls), stamp, control), slot));
    }

    bool HasControls(RowSlot slot)
    {
        for (var i = slot.ControlsTaken; i < _controls.Count; i++)
        {
            if (Concerns(_controls[i].Slot, slot))
                return true;
        }

        return false;
    }

    /// <summary>Goes through what concerns the stream up to a line; without a batch, a sealed segment holds it.</summary>
    void PassControls(RowSlot slot, long throughLine, RowBatch? batch)
    {
        for (; slot.ControlsTaken < _controls.Count; slot.ControlsTaken++)
        {
            var (note, about) = _controls[slot.ControlsTaken];
            if (note.Stamp.LineNumber > throughLine)
                return;
            if (batch is not null && Concerns(about, slot))
                batch.AddControl(note);
        }
    }

    static bool Concerns(RowSlot? about, RowSlot slot) =>
        (about is null || about == slot) && slot.State.Key.Channel != Channel.Controls;

    BatchHeader HeaderOf(RowSlot slot) =>
        slot.Header ??= new BatchHeader(slot.State.Key, slot.Pair, identity.ConnectionId, _sourceFile)
        {
            Tags = slot.Tags,
            ConfFlags = ConfFlags,
        };

    void EndHeader(RowSlot slot)
    {
        HandOver(slot);
        slot.Header = null;
    }

    void HandOver(RowSlot slot)
    {
        if (slot.Batch is { } batch)
            Pass(slot, batch, batch.LastLine);
    }

    void Pass(RowSlot slot, RowBatch batch, long throughLine)
    {
        slot.Batch = null;
        slot.AttachFindings(batch, throughLine);
        PassControls(slot, throughLine, batch);
        if (batch.Count > 0)
            slot.ExpectedRows = batch.Count;
        counters.Rows += batch.Count;
        if (sink.TryTake(batch))
            return;
        counters.BatchesDeferred++;
        slot.StartsRange = true;
    }
}
