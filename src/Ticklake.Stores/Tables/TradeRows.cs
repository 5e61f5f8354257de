using Ticklake.Columnar;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Stores.Tables;

/// <summary>Rows of <c>trades</c>.</summary>
public sealed class TradeRows : RowBatch
{
    static readonly byte[][] Sides = ["buy"u8.ToArray(), "sell"u8.ToArray()];
    static readonly byte[][] Messages = ["trade"u8.ToArray(), "agg"u8.ToArray(), "te"u8.ToArray(), "tu"u8.ToArray()];

    TradeIdLane _id;
    long[] _mts;
    ExactDecimal[] _price;
    ExactDecimal[] _amount;
    byte[] _side;
    byte[] _message;
    bool[] _isSnapshot;

    internal TradeRows(int capacity)
        : base(capacity)
    {
        _id = new TradeIdLane(capacity);
        _mts = GC.AllocateUninitializedArray<long>(capacity);
        _price = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _amount = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _side = GC.AllocateUninitializedArray<byte>(capacity);
        _message = GC.AllocateUninitializedArray<byte>(capacity);
        _isSnapshot = GC.AllocateUninitializedArray<bool>(capacity);
    }

    public void Add(in RowStamp row, in TradeEvent trade)
    {
        var i = AddRow(row, trade.Stamp);
        _id.Set(i, trade.Id);
        _mts[i] = trade.TradeTimeUs;
        _price[i] = trade.Price;
        _amount[i] = trade.Amount;
        _side[i] = (byte)trade.Side;
        _message[i] = (byte)trade.Message;
        _isSnapshot[i] = trade.IsSnapshot;
    }

    private protected override void ReshapeOwn(in LaneShape shape)
    {
        _id.Reshape(shape);
        shape.Apply(ref _mts);
        shape.Apply(ref _price);
        shape.Apply(ref _amount);
        shape.Apply(ref _side);
        shape.Apply(ref _message);
        shape.Apply(ref _isSnapshot);
    }

    private protected override void AddOwnColumns(RowGroupColumns columns)
    {
        columns.AddTradeIds(_id);
        columns.Add(new Int64Part(_mts, Count));
        columns.AddDecimals(_price);
        columns.AddDecimals(_amount);
        columns.AddCodes(_side, Sides);
        columns.AddCodes(_message, Messages);
        columns.Add(new BooleanPart(_isSnapshot, Count));
    }
}
