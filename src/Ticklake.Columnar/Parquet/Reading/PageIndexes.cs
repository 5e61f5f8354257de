using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Reading;

/// <summary>The page indexes of the row group that was asked for last, each read once.</summary>
sealed class PageIndexes(Stream stream, ParquetReaderOptions options)
{
    readonly Dictionary<int, PagePlace[]?> _places = [];
    readonly Dictionary<int, PageBoundsIndex?> _bounds = [];
    RowGroupRecord? _group;

    /// <summary>Where the data pages of a chunk lie; null where the file does not say.</summary>
    public PagePlace[]? PlacesOf(RowGroupRecord group, int column)
    {
        Enter(group);
        if (_places.TryGetValue(column, out var places))
            return places;
        var chunk = group.Columns[column];
        ChunkPages.RequirePlace(chunk, stream.Length);
        places = TryLoad(chunk.OffsetIndex, out var bytes)
            ? PageIndexReader.ReadOffsets(bytes, chunk, (int)group.RowCount)
            : null;
        _places.Add(column, places);
        return places;
    }

    /// <summary>The rows of the pages that may match; all rows where the file does not say.</summary>
    public RowRanges Select(RowGroupRecord group, int column, ColumnFilter filter)
    {
        if (PlacesOf(group, column) is not { } places || BoundsOf(group, column) is not { } bounds)
            return RowRanges.All((int)group.RowCount);
        if (bounds.IsNullPage.Length != places.Length)
            throw new InvalidDataException("its column index has other pages than its offset index");
        return RowRanges.Of(places
            .Where((_, i) => !bounds.IsNullPage[i] && filter.MayMatch(bounds.Min[i], bounds.Max[i]))
            .Select(place => place.Rows));
    }

    PageBoundsIndex? BoundsOf(RowGroupRecord group, int column)
    {
        Enter(group);
        if (_bounds.TryGetValue(column, out var bounds))
            return bounds;
        bounds = TryLoad(group.Columns[column].ColumnIndex, out var bytes) ? PageIndexReader.ReadBounds(bytes) : null;
        _bounds.Add(column, bounds);
        return bounds;
    }

    void Enter(RowGroupRecord group)
    {
        if (ReferenceEquals(group, _group))
            return;
        _places.Clear();
        _bounds.Clear();
        _group = group;
    }

    bool TryLoad(IndexPlace place, out byte[] bytes)
    {
        bytes = [];
        if (place.Length == 0)
            return false;
        if (place.Length < 0 || place.Length > options.MaxFooterBytes
            || place.Offset < 4 || place.Offset > stream.Length - place.Length)
            throw new InvalidDataException($"a page index claims {place.Length} bytes at {place.Offset}");
        bytes = new byte[place.Length];
        stream.Position = place.Offset;
        stream.ReadExactly(bytes);
        return true;
    }
}
