using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges;

/// <summary>Takes one element of a JSON list.</summary>
/// <param name="cursor">At the element.</param>
/// <param name="context">What the element must belong to.</param>
/// <param name="row">What it says; only on success.</param>
delegate bool RowReader<TContext, TRow>(ref JsonCursor cursor, TContext context, out TRow row);

/// <summary>
/// Rows of one frame, gathered until it has been read to its end; one list per decoder, used again for every frame. On its
/// session's thread.
/// </summary>
sealed class FrameRows<TRow>
    where TRow : struct
{
    TRow[] _rows = new TRow[64];

    public int Count { get; private set; }

    public Span<TRow> Written => _rows.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(in TRow row)
    {
        if (Count == _rows.Length)
            Array.Resize(ref _rows, Count * 2);
        _rows[Count++] = row;
    }

    public void AddRange(ReadOnlySpan<TRow> rows)
    {
        if (Count + rows.Length > _rows.Length)
            Array.Resize(ref _rows, Math.Max(Count + rows.Length, _rows.Length * 2));
        rows.CopyTo(_rows.AsSpan(Count));
        Count += rows.Length;
    }

    /// <summary>Takes a JSON list, which may be empty, and adds a row for each element.</summary>
    public bool TryTakeList<TContext>(ref JsonCursor cursor, TContext context, RowReader<TContext, TRow> read)
    {
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (Count == FrameLimits.Entries || !read(ref cursor, context, out var row))
                return false;
            Add(row);
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }
}
