using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Stores.Tables;

/// <summary>Rows of <c>book_ticker</c>.</summary>
public sealed class BookTickerRows : RowBatch
{
    ExactDecimal[] _bid;
    ExactDecimal[] _bidSize;
    ExactDecimal[] _ask;
    ExactDecimal[] _askSize;
    long[] _updateId;

    internal BookTickerRows(int capacity)
        : base(capacity)
    {
        _bid = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _bidSize = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _ask = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _askSize = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _updateId = GC.AllocateUninitializedArray<long>(capacity);
    }

    public void Add(in RowStamp row, in BookTickerEvent ticker)
    {
        var i = AddRow(row, ticker.Stamp);
        _bid[i] = ticker.Bid;
        _bidSize[i] = ticker.BidSize;
        _ask[i] = ticker.Ask;
        _askSize[i] = ticker.AskSize;
        _updateId[i] = ticker.UpdateId;
    }

    private protected override void ReshapeOwn(in LaneShape shape)
    {
        shape.Apply(ref _bid);
        shape.Apply(ref _bidSize);
        shape.Apply(ref _ask);
        shape.Apply(ref _askSize);
        shape.Apply(ref _updateId);
    }

    private protected override void AddOwnColumns(RowGroupColumns columns)
    {
        columns.AddDecimals(_bid);
        columns.AddDecimals(_bidSize);
        columns.AddDecimals(_ask);
        columns.AddDecimals(_askSize);
        columns.AddNullable(_updateId);
        columns.AddConstant(Header.Texts.Source);
    }
}
