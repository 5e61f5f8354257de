using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Stores.Tables;

/// <summary>Rows of <c>ticker</c>.</summary>
public sealed class TickerRows : RowBatch
{
    // Ten numbers a row, in column order; one array each.
    ExactDecimal[][] _values = new ExactDecimal[10][];

    internal TickerRows(int capacity)
        : base(capacity)
    {
        for (var column = 0; column < _values.Length; column++)
            _values[column] = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
    }

    public void Add(in RowStamp row, in TickerEvent ticker)
    {
        var i = AddRow(row, ticker.Stamp);
        _values[0][i] = ticker.Bid;
        _values[1][i] = ticker.BidSize;
        _values[2][i] = ticker.Ask;
        _values[3][i] = ticker.AskSize;
        _values[4][i] = ticker.Last;
        _values[5][i] = ticker.Volume;
        _values[6][i] = ticker.High;
        _values[7][i] = ticker.Low;
        _values[8][i] = ticker.DailyChange;
        _values[9][i] = ticker.DailyChangeRelative;
    }

    private protected override void ReshapeOwn(in LaneShape shape)
    {
        // A split works on a shallow copy of the batch: the outer array must not stay shared.
        _values = [.. _values];
        foreach (ref var lane in _values.AsSpan())
            shape.Apply(ref lane);
    }

    private protected override void AddOwnColumns(RowGroupColumns columns)
    {
        foreach (var lane in _values)
            columns.AddDecimals(lane);
    }
}
