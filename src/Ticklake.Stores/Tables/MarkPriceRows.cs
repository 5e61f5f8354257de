using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Stores.Tables;

/// <summary>Rows of <c>mark_price</c>.</summary>
public sealed class MarkPriceRows : RowBatch
{
    ExactDecimal[] _mark;
    ExactDecimal[] _index;
    ExactDecimal[] _settle;
    ExactDecimal[] _fundingRate;
    long[] _nextFunding;

    internal MarkPriceRows(int capacity)
        : base(capacity)
    {
        _mark = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _index = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _settle = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _fundingRate = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _nextFunding = GC.AllocateUninitializedArray<long>(capacity);
    }

    public void Add(in RowStamp row, in MarkPriceEvent price)
    {
        var i = AddRow(row, price.Stamp);
        _mark[i] = price.MarkPrice;
        _index[i] = price.IndexPrice;
        _settle[i] = price.EstimatedSettlePrice;
        _fundingRate[i] = price.FundingRate;
        _nextFunding[i] = price.NextFundingUs;
    }

    private protected override void ReshapeOwn(in LaneShape shape)
    {
        shape.Apply(ref _mark);
        shape.Apply(ref _index);
        shape.Apply(ref _settle);
        shape.Apply(ref _fundingRate);
        shape.Apply(ref _nextFunding);
    }

    private protected override void AddOwnColumns(RowGroupColumns columns)
    {
        columns.AddDecimals(_mark);
        columns.AddDecimals(_index);
        columns.AddDecimals(_settle);
        columns.AddDecimals(_fundingRate);
        columns.AddNullable(_nextFunding);
    }
}
