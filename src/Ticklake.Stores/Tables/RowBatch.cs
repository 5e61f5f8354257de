using System.Numerics;
using System.Runtime.CompilerServices;
using Ticklake.Columnar;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Stores.Tables;

/// <summary>
/// Rows of one stream in columns: filled by the session's thread, handed over whole, read by the store's thread; never
/// used by two threads at once. Rows of one frame lie in one batch. Appending allocates nothing until the batch is
/// larger than it ever was; batches come from and go back to a <see cref="RowBatchPool"/>.
/// </summary>
public abstract class RowBatch
{
    /// <summary>Rows at which a batch is handed over; a single huge frame may exceed it.</summary>
    // The frame that fills a batch seldom has more levels than are left up to 8,192, so its arrays need not double.
    public const int FullAt = 8192 - 1024;

    private protected long[] _recv;
    private protected long[] _line;
    private protected long[] _ingest;
    private protected long[] _seq;
    private protected long[] _exchangeTs;
    List<GapMark> _gaps = [];
    List<ControlNote> _controls = [];

    private protected RowBatch(int capacity)
    {
        _recv = GC.AllocateUninitializedArray<long>(capacity);
        _line = GC.AllocateUninitializedArray<long>(capacity);
        _ingest = GC.AllocateUninitializedArray<long>(capacity);
        _seq = GC.AllocateUninitializedArray<long>(capacity);
        _exchangeTs = GC.AllocateUninitializedArray<long>(capacity);
    }

    /// <summary>What all rows share; set by the pool when the batch is rented.</summary>
    public BatchHeader Header { get; private set; } = null!;

    public int Count { get; private set; }

    public int Capacity => _recv.Length;

    /// <summary>Looked at between frames: time to hand the batch over.</summary>
    public bool IsFull => Count >= FullAt;

    /// <summary>
    /// Rows that came between the stream's previous batch and this one did not reach the store (dropped when it was too
    /// slow, or sealed before): the manifest begins a new journal range here.
    /// </summary>
    public bool StartsRange { get; set; }

    /// <summary>Checksums of the stream's book that matched since the previous batch.</summary>
    public int ChecksumsOk { get; set; }

    /// <summary>Checksums that did not.</summary>
    public int ChecksumsMismatched { get; set; }

    /// <summary>Holes found while this batch was filled, in line order.</summary>
    public IReadOnlyList<GapMark> Gaps => _gaps;

    /// <summary>
    /// Rows of <c>controls</c> that concern the stream, from behind its previous batch up to this one's last line.
    /// </summary>
    public IReadOnlyList<ControlNote> Controls => _controls;

    /// <summary>Journal line of the first row. The batch must not be empty.</summary>
    public long FirstLine => _line[0];

    /// <summary>Journal line of the last row. The batch must not be empty.</summary>
    public long LastLine => _line[Count - 1];

    /// <summary>Receive time of the first row, microseconds. The batch must not be empty.</summary>
    public long FirstRecvUs => _recv[0];

    /// <summary>Receive times in row order, microseconds.</summary>
    public ReadOnlySpan<long> RecvUs => _recv.AsSpan(0, Count);

    /// <summary>Journal lines in row order.</summary>
    public ReadOnlySpan<long> Lines => _line.AsSpan(0, Count);

    /// <summary>Sequence numbers in row order; <see cref="EventStamp.None"/> where there is none.</summary>
    public ReadOnlySpan<long> Sequences => _seq.AsSpan(0, Count);

    public void AddGap(GapMark gap) => _gaps.Add(gap);

    public void AddControl(ControlNote control) => _controls.Add(control);

    /// <summary>
    /// Adds this batch's rows to a row group as one part per column of its table. The parts borrow the batch's arrays:
    /// the batch stays untouched until the row group is written.
    /// </summary>
    public void ToColumns(RowGroupColumns columns)
    {
        columns.BeginBatch(Count);
        AddStreamColumns(columns);
        columns.Add(new Int64Part(_recv, Count));
        AddBatchId(columns);
        columns.Add(new Int64Part(_ingest, Count));
        columns.AddConstant(Header.Texts.SourceFile);
        columns.Add(new Int64Part(_line, Count));
        AddOwnColumns(columns);
        columns.EndBatch();
    }

    /// <summary>
    /// Cuts the batch: rows from <paramref name="row"/> on move to the batch returned, with the gaps found there.
    /// Cut between frames only.
    /// </summary>
    public RowBatch SplitAt(int row)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(row, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        var rest = (RowBatch)MemberwiseClone();
        rest.Reshape(new LaneShape(row, Count - row, Count - row));
        rest.Count = Count - row;
        rest.StartsRange = false;
        rest._gaps = _gaps.FindAll(gap => gap.Line >= rest.FirstLine);
        _gaps.RemoveAll(gap => gap.Line >= rest.FirstLine);
        // Where a batch happens to end leaves no trace: what follows the last row goes with the next one.
        rest._controls = _controls.FindAll(control => control.Stamp.LineNumber > _line[row - 1]);
        _controls.RemoveAll(control => control.Stamp.LineNumber > _line[row - 1]);
        // Which half a checksum belongs to is not known any more; the later one is still open.
        (ChecksumsOk, ChecksumsMismatched) = (0, 0);
        Count = row;
        return rest;
    }

    internal static RowBatch Create(Channel channel, int capacity) => channel switch
    {
        Channel.Ticker => new TickerRows(capacity),
        Channel.BookTicker => new BookTickerRows(capacity),
        Channel.Trades => new TradeRows(capacity),
        Channel.Books => new BookRows(capacity),
        Channel.RawBooks => new RawBookRows(capacity),
        Channel.Candles => new CandleRows(capacity),
        Channel.DepthSnapshots => new DepthRows(capacity),
        Channel.Controls => new ControlRows(capacity),
        Channel.MarkPrice => new MarkPriceRows(capacity),
        Channel.Liquidations => new LiquidationRows(capacity),
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "No such table."),
    };

    /// <summary>Makes the batch empty and gives it its constants.</summary>
    internal void Open(BatchHeader header)
    {
        Header = header;
        Count = 0;
        StartsRange = false;
        ChecksumsOk = 0;
        ChecksumsMismatched = 0;
        _gaps.Clear();
        _controls.Clear();
    }

    /// <summary>Begins a row and returns its index; the caller fills its own columns there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected int AddRow(in RowStamp row, in EventStamp stamp)
    {
        var index = Count;
        if (index == _recv.Length)
            Grow(index + 1);
        Count = index + 1;
        _recv[index] = row.RecvUs;
        _line[index] = row.LineNumber;
        _ingest[index] = row.IngestId;
        _seq[index] = stamp.Seq;
        _exchangeTs[index] = stamp.ExchangeTimeUs;
        return index;
    }

    /// <summary>Begins consecutive rows of one frame and returns the first one's index.</summary>
    private protected int AddRows(in RowStamp first, in EventStamp stamp, int count)
    {
        var index = Count;
        if (index + count > _recv.Length)
            Grow(index + count);
        Count = index + count;
        _recv.AsSpan(index, count).Fill(first.RecvUs);
        _line.AsSpan(index, count).Fill(first.LineNumber);
        _seq.AsSpan(index, count).Fill(stamp.Seq);
        _exchangeTs.AsSpan(index, count).Fill(stamp.ExchangeTimeUs);
        var ingest = first.IngestId;
        foreach (ref var id in _ingest.AsSpan(index, count))
            id = ingest++;
        return index;
    }

    /// <summary>Gives each array of the subclass the new shape.</summary>
    private protected abstract void ReshapeOwn(in LaneShape shape);

    private protected abstract void AddOwnColumns(RowGroupColumns columns);

    private protected virtual void AddBatchId(RowGroupColumns columns) => columns.AddNull();

    /// <summary>The columns before <c>recv_ts</c>.</summary>
    private protected virtual void AddStreamColumns(RowGroupColumns columns)
    {
        columns.AddConstant(Header.Texts.Exchange);
        columns.AddConstant(Header.Texts.Market);
        AddAffectedStream(columns);
        columns.AddConstant(Header.Texts.ConnectionId);
        columns.AddConstant(Header.Tags.ChannelId);
        columns.AddConstant(Header.Texts.SubscriptionId);
        columns.AddConstant(Header.ConfFlags);
        columns.AddNullable(_seq);
        columns.AddNullable(_exchangeTs);
    }

    /// <summary>The columns <c>channel</c>, <c>symbol</c> and <c>pair</c>.</summary>
    private protected virtual void AddAffectedStream(RowGroupColumns columns)
    {
        columns.AddConstant(Header.Texts.Channel);
        columns.AddConstant(Header.Texts.Symbol);
        columns.AddConstant(Header.Texts.Pair);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Grow(int atLeast) =>
        Reshape(new LaneShape(0, Count, Math.Max(Capacity * 2, (int)BitOperations.RoundUpToPowerOf2((uint)atLeast))));

    void Reshape(in LaneShape shape)
    {
        shape.Apply(ref _recv);
        shape.Apply(ref _line);
        shape.Apply(ref _ingest);
        shape.Apply(ref _seq);
        shape.Apply(ref _exchangeTs);
        ReshapeOwn(shape);
    }
}
