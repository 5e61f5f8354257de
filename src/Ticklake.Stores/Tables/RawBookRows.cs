using Ticklake.Columnar;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Stores.Tables;

/// <summary>Rows of <c>raw_books</c>: one an order.</summary>
public sealed class RawBookRows : RowBatch
{
    static readonly byte[][] Operations = ["upsert"u8.ToArray(), "delete"u8.ToArray()];

    long[] _orderId;
    byte[] _side;
    ExactDecimal[] _price;
    ExactDecimal[] _amount;
    byte[] _operation;
    bool[] _isSnapshot;
    long[] _batchId;

    internal RawBookRows(int capacity)
        : base(capacity)
    {
        _orderId = GC.AllocateUninitializedArray<long>(capacity);
        _side = GC.AllocateUninitializedArray<byte>(capacity);
        _price = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _amount = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _operation = GC.AllocateUninitializedArray<byte>(capacity);
        _isSnapshot = GC.AllocateUninitializedArray<bool>(capacity);
        _batchId = GC.AllocateUninitializedArray<long>(capacity);
    }

    public void Add(in RowStamp row, in RawBookUpdate update, in BookOrder order)
    {
        var i = AddRow(row, update.Stamp);
        _orderId[i] = order.OrderId;
        _side[i] = (byte)order.Side;
        _price[i] = order.Price;
        _amount[i] = order.Amount;
        _operation[i] = order.IsDelete ? (byte)1 : (byte)0;
        _isSnapshot[i] = update.IsSnapshot;
        _batchId[i] = update.BatchId;
    }

    private protected override void ReshapeOwn(in LaneShape shape)
    {
        shape.Apply(ref _orderId);
        shape.Apply(ref _side);
        shape.Apply(ref _price);
        shape.Apply(ref _amount);
        shape.Apply(ref _operation);
        shape.Apply(ref _isSnapshot);
        shape.Apply(ref _batchId);
    }

    private protected override void AddBatchId(RowGroupColumns columns) => columns.AddNullable(_batchId);

    private protected override void AddOwnColumns(RowGroupColumns columns)
    {
        columns.Add(new Int64Part(_orderId, Count));
        columns.AddCodes(_side, BookSideNames.Utf8);
        columns.AddDecimals(_price);
        columns.AddDecimals(_amount);
        columns.AddCodes(_operation, Operations);
        columns.Add(new BooleanPart(_isSnapshot, Count));
    }
}
