using Ticklake.Columnar;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Stores.Tables;

/// <summary>Rows of <c>candles</c>.</summary>
public sealed class CandleRows : RowBatch
{
    long[] _mts;
    ExactDecimal[] _open;
    ExactDecimal[] _high;
    ExactDecimal[] _low;
    ExactDecimal[] _close;
    ExactDecimal[] _volume;
    bool[] _isSnapshot;
    bool[] _isClosed;
    bool[] _isClosedUnknown;

    internal CandleRows(int capacity)
        : base(capacity)
    {
        _mts = GC.AllocateUninitializedArray<long>(capacity);
        _open = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _high = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _low = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _close = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _volume = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _isSnapshot = GC.AllocateUninitializedArray<bool>(capacity);
        _isClosed = GC.AllocateUninitializedArray<bool>(capacity);
        _isClosedUnknown = GC.AllocateUninitializedArray<bool>(capacity);
    }

    public void Add(in RowStamp row, in CandleEvent candle)
    {
        var i = AddRow(row, candle.Stamp);
        _mts[i] = candle.OpenTimeUs;
        _open[i] = candle.Open;
        _high[i] = candle.High;
        _low[i] = candle.Low;
        _close[i] = candle.Close;
        _volume[i] = candle.Volume;
        _isSnapshot[i] = candle.IsSnapshot;
        _isClosed[i] = candle.IsClosed is true;
        _isClosedUnknown[i] = candle.IsClosed is null;
    }

    private protected override void ReshapeOwn(in LaneShape shape)
    {
        shape.Apply(ref _mts);
        shape.Apply(ref _open);
        shape.Apply(ref _high);
        shape.Apply(ref _low);
        shape.Apply(ref _close);
        shape.Apply(ref _volume);
        shape.Apply(ref _isSnapshot);
        shape.Apply(ref _isClosed);
        shape.Apply(ref _isClosedUnknown);
    }

    private protected override void AddOwnColumns(RowGroupColumns columns)
    {
        columns.Add(new Int64Part(_mts, Count));
        columns.AddDecimals(_open);
        columns.AddDecimals(_high);
        columns.AddDecimals(_low);
        columns.AddDecimals(_close);
        columns.AddDecimals(_volume);
        columns.AddConstant(Header.Texts.Timeframe);
        columns.Add(new BooleanPart(_isSnapshot, Count));
        columns.Add(new BooleanPart(_isClosed, Count, _isClosedUnknown));
    }
}
