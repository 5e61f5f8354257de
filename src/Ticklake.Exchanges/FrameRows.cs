namespace Ticklake.Exchanges;

/// <summary>
/// Rows of one frame, gathered until it has been read to its end; one list per decoder, used again for every frame. On its
/// session's thread.
/// </summary>
sealed class FrameRows<TRow>
    where TRow : struct
{
    TRow[] _rows = new TRow[64];

    public int Count { get; private set; }

    public ReadOnlySpan<TRow> Written => _rows.AsSpan(0, Count);

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
}
