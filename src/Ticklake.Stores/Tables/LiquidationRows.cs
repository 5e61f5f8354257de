using Ticklake.Columnar;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Stores.Tables;

/// <summary>Rows of <c>liquidations</c>.</summary>
public sealed class LiquidationRows : RowBatch
{
    static readonly byte[][] Sides = ["buy"u8.ToArray(), "sell"u8.ToArray()];

    // By LiquidationStatus; the first stands for null.
    static readonly byte[][] Statuses =
    [
        [], "new"u8.ToArray(), "partially_filled"u8.ToArray(), "filled"u8.ToArray(), "canceled"u8.ToArray(),
        "expired"u8.ToArray(), "rejected"u8.ToArray(), "other"u8.ToArray(),
    ];

    long[] _mts;
    byte[] _side;
    ExactDecimal[] _price;
    ExactDecimal[] _averagePrice;
    ExactDecimal[] _amount;
    ExactDecimal[] _filled;
    byte[] _status;

    internal LiquidationRows(int capacity)
        : base(capacity)
    {
        _mts = GC.AllocateUninitializedArray<long>(capacity);
        _side = GC.AllocateUninitializedArray<byte>(capacity);
        _price = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _averagePrice = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _amount = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _filled = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _status = GC.AllocateUninitializedArray<byte>(capacity);
    }

    public void Add(in RowStamp row, in LiquidationEvent liquidation)
    {
        var i = AddRow(row, liquidation.Stamp);
        _mts[i] = liquidation.TimeUs;
        _side[i] = (byte)liquidation.Side;
        _price[i] = liquidation.Price;
        _averagePrice[i] = liquidation.AveragePrice;
        _amount[i] = liquidation.Amount;
        _filled[i] = liquidation.Filled;
        _status[i] = (byte)liquidation.Status;
    }

    private protected override void ReshapeOwn(in LaneShape shape)
    {
        shape.Apply(ref _mts);
        shape.Apply(ref _side);
        shape.Apply(ref _price);
        shape.Apply(ref _averagePrice);
        shape.Apply(ref _amount);
        shape.Apply(ref _filled);
        shape.Apply(ref _status);
    }

    private protected override void AddOwnColumns(RowGroupColumns columns)
    {
        columns.Add(new Int64Part(_mts, Count));
        columns.AddCodes(_side, Sides);
        columns.AddDecimals(_price);
        columns.AddDecimals(_averagePrice);
        columns.AddDecimals(_amount);
        columns.AddDecimals(_filled);
        columns.AddMaybeCodes(_status, Statuses);
    }
}
