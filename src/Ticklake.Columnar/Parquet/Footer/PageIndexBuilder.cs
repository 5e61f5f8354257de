using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Thrift;

namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>
/// Gathers where each page of a chunk lies and what it spans; writes its column index and offset index.
/// </summary>
sealed class PageIndexBuilder
{
    readonly List<Page> _pages = [];
    readonly ByteBuffer _bounds = new();
    long _nextRow;
    bool _hasUnknownBounds;

    public int PageCount => _pages.Count;

    public void Clear()
    {
        _pages.Clear();
        _bounds.Clear();
        _nextRow = 0;
        _hasUnknownBounds = false;
    }

    public void Add(in DataPage page, in PageBounds bounds, long offset, int size)
    {
        var isNullPage = page.Nulls == page.Rows;
        var minAt = _bounds.Length;
        if (bounds.IsKnown)
        {
            _bounds.Write(bounds.Min);
            _bounds.Write(bounds.Max);
        }
        else if (!isNullPage)
        {
            _hasUnknownBounds = true;
        }

        _pages.Add(new Page
        {
            Offset = offset,
            Size = size,
            FirstRow = _nextRow,
            Nulls = page.Nulls,
            IsNullPage = isNullPage,
            Bounds = minAt,
            MinLength = bounds.Min.Length,
            MaxLength = bounds.Max.Length,
            IsMinExact = bounds.IsMinExact,
            IsMaxExact = bounds.IsMaxExact,
        });
        _nextRow += page.Rows;
    }

    /// <summary>The whole chunk's statistics out of its pages'.</summary>
    public ChunkStatistics Summarise(ColumnKind kind)
    {
        var nulls = 0L;
        int min = -1, max = -1;
        for (var i = 0; i < _pages.Count; i++)
        {
            nulls += _pages[i].Nulls;
            if (_pages[i].IsNullPage || _pages[i].MinLength + _pages[i].MaxLength == 0 && kind != ColumnKind.Utf8)
                continue;
            if (min < 0 || ValueOrder.Compare(kind, MinOf(i), MinOf(min)) < 0)
                min = i;
            if (max < 0 || ValueOrder.Compare(kind, MaxOf(i), MaxOf(max)) > 0)
                max = i;
        }

        // A text page without bounds hides what it holds; a page of NaNs does not, for NaN has no place in the order.
        return min < 0 || (_hasUnknownBounds && kind == ColumnKind.Utf8)
            ? new ChunkStatistics(null, null, nulls)
            : new ChunkStatistics(
                MinOf(min).ToArray(), MaxOf(max).ToArray(), nulls, _pages[min].IsMinExact, _pages[max].IsMaxExact);
    }

    /// <summary>Writes the column index; false (nothing written) where a page has no known bounds.</summary>
    public bool TryWriteColumnIndex(ColumnKind kind, CompactWriter thrift)
    {
        if (_hasUnknownBounds || _pages.Count == 0)
            return false;
        thrift.BeginStruct();
        thrift.BeginList(1, CompactType.True, _pages.Count);
        foreach (var page in _pages)
            thrift.BoolElement(page.IsNullPage);
        thrift.BeginList(2, CompactType.Binary, _pages.Count);
        for (var i = 0; i < _pages.Count; i++)
            thrift.BinaryElement(MinOf(i));
        thrift.BeginList(3, CompactType.Binary, _pages.Count);
        for (var i = 0; i < _pages.Count; i++)
            thrift.BinaryElement(MaxOf(i));
        thrift.Int32(4, BoundaryOrder(kind));
        thrift.BeginList(5, CompactType.Int64, _pages.Count);
        foreach (var page in _pages)
            thrift.IntElement(page.Nulls);
        thrift.EndStruct();
        return true;
    }

    public void WriteOffsetIndex(CompactWriter thrift)
    {
        thrift.BeginStruct();
        thrift.BeginList(1, CompactType.Struct, _pages.Count);
        foreach (var page in _pages)
        {
            thrift.BeginStruct();
            thrift.Int64(1, page.Offset);
            thrift.Int32(2, page.Size);
            thrift.Int64(3, page.FirstRow);
            thrift.EndStruct();
        }

        thrift.EndStruct();
    }

    int BoundaryOrder(ColumnKind kind)
    {
        const int Unordered = 0, Ascending = 1, Descending = 2;
        var rises = true;
        var falls = true;
        var last = -1;
        for (var i = 0; i < _pages.Count; i++)
        {
            if (_pages[i].IsNullPage)
                continue;
            if (last >= 0)
            {
                var min = ValueOrder.Compare(kind, MinOf(i), MinOf(last));
                var max = ValueOrder.Compare(kind, MaxOf(i), MaxOf(last));
                rises &= min >= 0 && max >= 0;
                falls &= min <= 0 && max <= 0;
            }

            last = i;
        }

        return rises ? Ascending : falls ? Descending : Unordered;
    }

    ReadOnlySpan<byte> MinOf(int page) => _bounds.Written.Slice(_pages[page].Bounds, _pages[page].MinLength);

    ReadOnlySpan<byte> MaxOf(int page) =>
        _bounds.Written.Slice(_pages[page].Bounds + _pages[page].MinLength, _pages[page].MaxLength);

    readonly struct Page
    {
        public long Offset { get; init; }

        public int Size { get; init; }

        public long FirstRow { get; init; }

        public int Nulls { get; init; }

        public bool IsNullPage { get; init; }

        public int Bounds { get; init; }

        public int MinLength { get; init; }

        public int MaxLength { get; init; }

        public bool IsMinExact { get; init; }

        public bool IsMaxExact { get; init; }
    }
}
