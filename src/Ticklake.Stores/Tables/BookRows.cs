using Ticklake.Columnar;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Stores.Tables;

/// <summary>Rows of <c>books</c>: one a level.</summary>
public sealed class BookRows : RowBatch
{
    // Below this many levels the loop is cheaper than filling column by column.
    const int FillFrom = 4;

    byte[] _side;
    ExactDecimal[] _price;
    ExactDecimal[] _amount;
    int[] _count;
    bool[] _isSnapshot;
    long[] _firstUpdateId;
    long[] _lastUpdateId;
    long[] _previousUpdateId;
    long[] _batchId;

    internal BookRows(int capacity)
        : base(capacity)
    {
        _side = GC.AllocateUninitializedArray<byte>(capacity);
        _price = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _amount = GC.AllocateUninitializedArray<ExactDecimal>(capacity);
        _count = GC.AllocateUninitializedArray<int>(capacity);
        _isSnapshot = GC.AllocateUninitializedArray<bool>(capacity);
        _firstUpdateId = GC.AllocateUninitializedArray<long>(capacity);
        _lastUpdateId = GC.AllocateUninitializedArray<long>(capacity);
        _previousUpdateId = GC.AllocateUninitializedArray<long>(capacity);
        _batchId = GC.AllocateUninitializedArray<long>(capacity);
    }

    public void Add(in RowStamp row, in BookUpdate update, in BookLevel level)
    {
        var i = AddRow(row, update.Stamp);
        SetLevel(i, level);
        _isSnapshot[i] = update.IsSnapshot;
        _firstUpdateId[i] = update.FirstUpdateId;
        _lastUpdateId[i] = update.LastUpdateId;
        _previousUpdateId[i] = update.PreviousUpdateId;
        _batchId[i] = update.BatchId;
    }

    /// <summary>Adds a frame's levels as consecutive rows, the first one being <paramref name="first"/>.</summary>
    public void Add(in RowStamp first, in BookUpdate update, ReadOnlySpan<BookLevel> levels)
    {
        if (levels.Length < FillFrom)
        {
            for (var k = 0; k < levels.Length; k++)
                Add(first with { RowInFrame = first.RowInFrame + k }, update, levels[k]);
            return;
        }

        var start = AddRows(first, update.Stamp, levels.Length);
        for (var k = 0; k < levels.Length; k++)
            SetLevel(start + k, levels[k]);
        _isSnapshot.AsSpan(start, levels.Length).Fill(update.IsSnapshot);
        _firstUpdateId.AsSpan(start, levels.Length).Fill(update.FirstUpdateId);
        _lastUpdateId.AsSpan(start, levels.Length).Fill(update.LastUpdateId);
        _previousUpdateId.AsSpan(start, levels.Length).Fill(update.PreviousUpdateId);
        _batchId.AsSpan(start, levels.Length).Fill(update.BatchId);
    }

    private protected override void ReshapeOwn(in LaneShape shape)
    {
        shape.Apply(ref _side);
        shape.Apply(ref _price);
        shape.Apply(ref _amount);
        shape.Apply(ref _count);
        shape.Apply(ref _isSnapshot);
        shape.Apply(ref _firstUpdateId);
        shape.Apply(ref _lastUpdateId);
        shape.Apply(ref _previousUpdateId);
        shape.Apply(ref _batchId);
    }

    private protected override void AddBatchId(RowGroupColumns columns) => columns.AddNullable(_batchId);

    private protected override void AddOwnColumns(RowGroupColumns columns)
    {
        columns.AddCodes(_side, BookSideNames.Utf8);
        columns.AddDecimals(_price);
        columns.AddDecimals(_amount);
        columns.AddNullable(_count);
        columns.Add(new BooleanPart(_isSnapshot, Count));
        columns.AddNullable(_firstUpdateId);
        columns.AddNullable(_lastUpdateId);
        columns.AddNullable(_previousUpdateId);
        columns.AddConstant(Header.Texts.Precision);
        columns.AddConstant(Header.Texts.Frequency);
        columns.AddConstant(Header.Tags.Length);
    }

    void SetLevel(int row, in BookLevel level)
    {
        _side[row] = (byte)level.Side;
        _price[row] = level.Price;
        _amount[row] = level.Amount;
        _count[row] = level.Count;
    }
}
