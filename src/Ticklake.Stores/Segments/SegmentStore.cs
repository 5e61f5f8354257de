using Ticklake.Core.Markets;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Segments;

/// <summary>
/// All segments being written: takes batches of any stream and gives each to its stream's writer. Store thread only
/// (one caller at a time; calls may resume on another thread). A stream that cannot be written does not harm the
/// others: it throws <see cref="SegmentLostException"/>, which names what has to be derived from the journal again.
/// </summary>
public sealed class SegmentStore(SegmentSetting setting) : IDisposable
{
    readonly Dictionary<StreamKey, SegmentWriter> _writers = [];

    // Row groups are written one after the other, so what they are built in exists once and not once a stream.
    readonly ISegmentWorkspace _workspace = setting.Options.Format.CreateWorkspace(setting.Options);

    public long SegmentsSealed => _writers.Values.Sum(writer => writer.SegmentsSealed);

    public long RowsSealed => _writers.Values.Sum(writer => writer.RowsSealed);

    /// <summary>Room taken by batches that wait for their row group, in rows.</summary>
    public int HeldRows { get; private set; }

    /// <summary>The open segments, for people.</summary>
    public IReadOnlyList<OpenSegmentStatus> Open =>
        [.. _writers.Values.Select(writer => writer.Status).OfType<OpenSegmentStatus>()];

    /// <summary>Journal files with rows in open segments.</summary>
    public IReadOnlySet<string> OpenJournals =>
        _writers.Values.SelectMany(writer => writer.OpenJournals).ToHashSet(StringComparer.Ordinal);

    /// <summary>Takes a batch; it belongs to the store from here on, whatever happens.</summary>
    /// <exception cref="SegmentLostException">This stream's open segment was given up, or another's that made
    /// room.</exception>
    public async ValueTask AppendAsync(RowBatch batch)
    {
        var writer = Writer(batch.Header.Stream);
        var before = writer.HeldRows;
        try
        {
            await writer.AppendAsync(batch).ConfigureAwait(false);
        }
        finally
        {
            HeldRows += writer.HeldRows - before;
        }

        while (HeldRows > setting.Options.HeldRows)
            Flush(_writers.Values.MaxBy(candidate => candidate.HeldRows)!, TimeSpan.Zero);
    }

    /// <summary>Writes rows that have waited this long, so that quiet streams hold no memory for hours.</summary>
    public IReadOnlyList<SegmentLostException> FlushRowGroups(TimeSpan maxAge)
    {
        var lost = new List<SegmentLostException>();
        foreach (var writer in _writers.Values)
        {
            try
            {
                Flush(writer, maxAge);
            }
            catch (SegmentLostException fault)
            {
                lost.Add(fault);
            }
        }

        return lost;
    }

    /// <summary>Seals one stream's open segment, if there is one.</summary>
    /// <exception cref="SegmentLostException">It was given up.</exception>
    public async ValueTask SealAsync(StreamKey stream, string reason)
    {
        if (_writers.TryGetValue(stream, out var writer))
            await Counted(writer, reason, static (writer, reason) => writer.SealAsync(reason)).ConfigureAwait(false);
    }

    /// <summary>Seals every open segment; returns those that were given up.</summary>
    public ValueTask<IReadOnlyList<SegmentLostException>> SealAllAsync(string reason) =>
        EachAsync(reason, static (writer, reason) => writer.SealAsync(reason));

    /// <summary>
    /// Seals the segments of quiet streams whose span was over at this receive time, as their next row would; the
    /// result is the same file. Returns those that were given up.
    /// </summary>
    public ValueTask<IReadOnlyList<SegmentLostException>> SealEndedAsync(long recvUs) =>
        EachAsync(recvUs, static (writer, recvUs) => writer.SealEndedAsync(recvUs));

    /// <summary>Gives up the memory that row groups are built in; open segments stay as they are.</summary>
    public void Dispose() => _workspace.Dispose();

    SegmentWriter Writer(StreamKey stream)
    {
        if (!_writers.TryGetValue(stream, out var writer))
            _writers.Add(stream, writer = new SegmentWriter(stream, setting, _workspace));
        return writer;
    }

    void Flush(SegmentWriter writer, TimeSpan minAge)
    {
        var before = writer.HeldRows;
        try
        {
            writer.FlushRowGroup(minAge);
        }
        finally
        {
            HeldRows += writer.HeldRows - before;
        }
    }

    async ValueTask<IReadOnlyList<SegmentLostException>> EachAsync<T>(T argument, Func<SegmentWriter, T, ValueTask> act)
    {
        var lost = new List<SegmentLostException>();
        foreach (var writer in _writers.Values)
        {
            try
            {
                await Counted(writer, argument, act).ConfigureAwait(false);
            }
            catch (SegmentLostException fault)
            {
                lost.Add(fault);
            }
        }

        return lost;
    }

    async ValueTask Counted<T>(SegmentWriter writer, T argument, Func<SegmentWriter, T, ValueTask> act)
    {
        var before = writer.HeldRows;
        try
        {
            await act(writer, argument).ConfigureAwait(false);
        }
        finally
        {
            HeldRows += writer.HeldRows - before;
        }
    }
}
