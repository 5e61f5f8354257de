using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>
/// Rows of the frame at hand out of the elements of <c>events</c>, <c>{"type":"update","trades":[…]}</c>. One list per
/// decoder and kind.
/// </summary>
sealed class CoinbaseRows<TRow>(CoinbaseStreams streams, RowReader<CoinbaseStreams, TRow> read)
    where TRow : struct
{
    readonly FrameRows<TRow> _rows = new();

    public Span<TRow> Written => _rows.Written;

    public void Clear() => _rows.Clear();

    public void Add(in TRow row) => _rows.Add(row);

    /// <summary>Takes one element, from after its brace.</summary>
    /// <param name="cursor">Behind the opening brace.</param>
    /// <param name="list">The member that holds the rows.</param>
    /// <param name="ofSnapshot">What the element has added, if it calls itself a snapshot.</param>
    public bool TryTakeEvent(ref JsonCursor cursor, ReadOnlySpan<byte> list, out Span<TRow> ofSnapshot)
    {
        var from = _rows.Count;
        bool isSnapshot = false, hasRows = false;
        ofSnapshot = default;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            bool isTaken;
            if (key.SequenceEqual(list))
                isTaken = hasRows = _rows.TryTakeList(ref cursor, streams, read);
            else if (key.SequenceEqual("type"u8))
                isTaken = CoinbaseValues.TryTakeKind(ref cursor, out isSnapshot);
            else
                isTaken = cursor.Skip();
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        if (isSnapshot)
            ofSnapshot = _rows.Written[from..];
        return cursor.Take((byte)'}') && hasRows;
    }
}
