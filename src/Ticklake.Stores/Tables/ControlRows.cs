namespace Ticklake.Stores.Tables;

/// <summary>
/// Rows of <c>controls</c>. Their channel, symbol and pair name the affected stream and so vary by row.
/// </summary>
public sealed class ControlRows : RowBatch
{
    string[] _channel;
    string[] _symbol;
    string[] _pair;
    string[] _kind;
    string[] _detail;
    long[] _fromSeq;
    long[] _toSeq;

    internal ControlRows(int capacity)
        : base(capacity)
    {
        _channel = new string[capacity];
        _symbol = new string[capacity];
        _pair = new string[capacity];
        _kind = new string[capacity];
        _detail = new string[capacity];
        _fromSeq = GC.AllocateUninitializedArray<long>(capacity);
        _toSeq = GC.AllocateUninitializedArray<long>(capacity);
    }

    public void Add(in RowStamp row, ControlEvent control)
    {
        var i = AddRow(row, control.Stamp);
        _channel[i] = control.Channel;
        _symbol[i] = control.Symbol;
        _pair[i] = control.Pair;
        _kind[i] = control.Kind;
        _detail[i] = control.Detail;
        _fromSeq[i] = control.FromSeq;
        _toSeq[i] = control.ToSeq;
    }

    private protected override void ReshapeOwn(in LaneShape shape)
    {
        shape.Apply(ref _channel);
        shape.Apply(ref _symbol);
        shape.Apply(ref _pair);
        shape.Apply(ref _kind);
        shape.Apply(ref _detail);
        shape.Apply(ref _fromSeq);
        shape.Apply(ref _toSeq);
    }

    private protected override void AddAffectedStream(RowGroupColumns columns)
    {
        columns.AddTexts(_channel);
        columns.AddTexts(_symbol);
        columns.AddTexts(_pair);
    }

    private protected override void AddOwnColumns(RowGroupColumns columns)
    {
        columns.AddTexts(_kind);
        columns.AddNullable(_fromSeq);
        columns.AddNullable(_toSeq);
        columns.AddTexts(_detail);
    }
}
