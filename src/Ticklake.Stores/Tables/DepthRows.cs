using Ticklake.Columnar;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Stores.Tables;

/// <summary>Rows of <c>depth_snapshots</c>: one a level, best first.</summary>
public sealed class DepthRows : RowBatch
{
    long[] _lastUpdateId;
    byte[] _side;
    int[] _level;
    ExactDecimal[] _price;
    ExactDecimal[] _quantity;

    internal DepthRows(int capacity)
        : base(capacity)
    {
        _lastUpdateId = GC.AllocateUninitializedArray<long>(capacity);
        _side = GC.AllocateUninitializedArray<byte>(capacity);
        _level = GC.AllocateUninitializedArray<int>(capacity);
        _price = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _quantity = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
    }

    /// <param name="row">Where the row comes from.</param>
    /// <param name="snapshot">The frame.</param>
    /// <param name="index">0 for the best price of its side.</param>
    /// <param name="level">Price and quantity.</param>
    public void Add(in RowStamp row, in DepthSnapshot snapshot, int index, in BookLevel level)
    {
        var i = AddRow(row, snapshot.Stamp);
        _lastUpdateId[i] = snapshot.LastUpdateId;
        _side[i] = (byte)level.Side;
        _level[i] = index;
        _price[i] = level.Price;
        _quantity[i] = level.Amount;
    }

    private protected override void ReshapeOwn(in LaneShape shape)
    {
        shape.Apply(ref _lastUpdateId);
        shape.Apply(ref _side);
        shape.Apply(ref _level);
        shape.Apply(ref _price);
        shape.Apply(ref _quantity);
    }

    private protected override void AddOwnColumns(RowGroupColumns columns)
    {
        columns.AddNullable(_lastUpdateId);
        columns.AddCodes(_side, BookSideNames.Utf8);
        columns.Add(new Int32Part(_level, Count));
        columns.AddDecimals(_price);
        columns.AddDecimals(_quantity);
        columns.AddConstant(Header.Texts.Source);
    }
}
