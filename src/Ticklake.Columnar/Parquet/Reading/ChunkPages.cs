using Ticklake.Columnar.Parquet.Chunks;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Reading;

/// <summary>A page of a chunk in memory.</summary>
/// <param name="Header">As it was read.</param>
/// <param name="Body">Where its body begins in the memory of its <see cref="ChunkPages"/>.</param>
/// <param name="FirstRow">Of a data page: the row of the group it begins with.</param>
readonly record struct ChunkPage(PageHeader Header, int Body, int FirstRow)
{
    public bool IsDictionary => Header.Type == PageType.Dictionary;

    public RowRange Rows => new(FirstRow, IsDictionary ? 0 : Header.Values);
}

/// <summary>
/// The pages of one chunk, all or those with wanted rows. Their headers are walked before anything is decoded, so that
/// memory for the rows is only taken where the pages account for them.
/// </summary>
sealed class ChunkPages(Stream stream, ParquetReaderOptions options)
{
    readonly List<ChunkPage> _pages = [];
    readonly HashSet<(PageType, PageEncoding)> _seen = [];
    byte[] _bytes = [];
    bool? _hasChecksums;

    public IReadOnlyList<ChunkPage> Pages => _pages;

    /// <summary>The rows of all data pages held.</summary>
    public int RowCount { get; private set; }

    public ReadOnlySpan<byte> BodyOf(in ChunkPage page) => _bytes.AsSpan(page.Body, page.Header.CompressedSize);

    /// <summary>Reads the whole chunk.</summary>
    public void Load(ColumnChunkRecord chunk, int rows)
    {
        Clear();
        var size = RequirePlace(chunk, stream.Length);
        Fetch(chunk.FirstOffset, 0, size);
        var at = 0;
        while (RowCount < rows)
        {
            at += Walk(chunk, at, size - at);
            if (RowCount > rows)
                throw new InvalidDataException($"its pages have {RowCount} values where the row group has {rows}");
        }

        if (at < size)
            throw new InvalidDataException($"{size - at} bytes lie behind its last page");
        CheckCounts(chunk, isWhole: true);
    }

    /// <summary>Reads the pages that have wanted rows, and the dictionary; of the file it touches nothing else.</summary>
    public void Load(ColumnChunkRecord chunk, PagePlace[] places, RowRanges wanted)
    {
        Clear();
        var whole = RequirePlace(chunk, stream.Length);
        if (wanted.Count == 0)
            return;
        var dictionary = (int)Math.Min(places[0].Offset - chunk.FirstOffset, whole);
        Reserve(whole);
        var at = 0;
        if (dictionary > 0)
        {
            Fetch(chunk.FirstOffset, 0, dictionary);
            if (Walk(chunk, 0, dictionary) != dictionary || !_pages[0].IsDictionary)
                throw new InvalidDataException("its offset index does not begin with its first data page");
            at = dictionary;
        }

        for (var first = 0; first < places.Length;)
        {
            var last = first;
            while (last < places.Length && HasWanted(places[last].Rows, wanted)
                && (last == first || places[last].Offset == places[last - 1].Offset + places[last - 1].Size))
                last++;
            if (last > first)
                at = LoadRun(chunk, places.AsSpan(first, last - first), at);
            first = Math.Max(last, first + 1);
        }

        CheckCounts(chunk, isWhole: false);
    }

    /// <summary>Forgets the data pages without wanted rows.</summary>
    public void Keep(RowRanges wanted)
    {
        _pages.RemoveAll(page => !page.IsDictionary && !HasWanted(page.Rows, wanted));
        RowCount = _pages.Sum(page => page.Rows.Count);
    }

    /// <summary>Where rows of the group lie among the rows of the pages held, which have them all.</summary>
    public RowRanges PlacesOf(RowRanges rows)
    {
        var places = new List<RowRange>();
        var (page, before) = (0, 0);
        foreach (var range in rows.Ranges)
        {
            for (var row = range.First; row < range.End;)
            {
                while (_pages[page].Rows.End <= row)
                    before += _pages[page++].Rows.Count;
                var held = _pages[page].Rows;
                var end = Math.Min(held.End, range.End);
                places.Add(new RowRange(before + row - held.First, end - row));
                row = end;
            }
        }

        return RowRanges.Of(places);
    }

    /// <summary>The chunk's size, where it lies in the file.</summary>
    public static int RequirePlace(ColumnChunkRecord chunk, long fileLength)
    {
        var start = chunk.FirstOffset;
        var size = chunk.CompressedBytes;
        if (start < 4 || size < 0 || size > fileLength || start > fileLength - size)
            throw new InvalidDataException($"it claims {size} bytes at {start} in a file of {fileLength}");
        return size <= Array.MaxLength
            ? (int)size
            : throw new NotSupportedException($"its {size} bytes are too many for one chunk");
    }

    static bool HasWanted(RowRange rows, RowRanges wanted)
    {
        // The first range that ends behind the first row.
        var (low, high) = (0, wanted.Ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (wanted.Ranges[middle].End <= rows.First)
                low = middle + 1;
            else
                high = middle;
        }

        return low < wanted.Ranges.Count && wanted.Ranges[low].First < rows.End;
    }

    int LoadRun(ColumnChunkRecord chunk, ReadOnlySpan<PagePlace> places, int at)
    {
        var size = (int)(places[^1].Offset + places[^1].Size - places[0].Offset);
        Fetch(places[0].Offset, at, size);
        foreach (var place in places)
        {
            var rows = RowCount;
            if (Walk(chunk, at, place.Size, place.Rows.First) != place.Size || RowCount - rows != place.Rows.Count)
                throw new InvalidDataException("a page is not what its offset index says");
            at += place.Size;
        }

        return at;
    }

    void Clear()
    {
        _pages.Clear();
        _seen.Clear();
        _hasChecksums = null;
        RowCount = 0;
    }

    void Reserve(int size)
    {
        if (_bytes.Length < size)
            _bytes = GC.AllocateUninitializedArray<byte>(size);
    }

    void Fetch(long offset, int at, int size)
    {
        Reserve(at + size);
        stream.Position = offset;
        stream.ReadExactly(_bytes.AsSpan(at, size));
    }

    // Reads the header of the page there and notes it; the length of both.
    int Walk(ColumnChunkRecord chunk, int at, int size, int? firstRow = null)
    {
        if (size == 0)
            throw new InvalidDataException("it has fewer pages than rows need");
        var header = PageHeader.Read(_bytes.AsSpan(at, size), out var length);
        if (header.CompressedSize > size - length)
            throw new InvalidDataException($"a page claims {header.CompressedSize} bytes; {size - length} are left");
        var page = new ChunkPage(header, at + length, firstRow ?? RowCount);
        Check(chunk, page);
        _seen.Add((header.Type, header.Encoding));
        if (header.Type is PageType.Data or PageType.DataV2)
            RowCount = (int)Math.Min((long)RowCount + header.Values, int.MaxValue);
        if (header.Type != PageType.Index)
            _pages.Add(page);
        return length + header.CompressedSize;
    }

    // Headers are under no checksum, so they are held against each other and against the footer.
    void Check(ColumnChunkRecord chunk, in ChunkPage page)
    {
        var header = page.Header;
        if (header.Type is not (PageType.Data or PageType.DataV2 or PageType.Dictionary or PageType.Index))
            throw new InvalidDataException($"a page is of the unknown type {(int)header.Type}");
        if (page.IsDictionary && _pages.Count > 0)
            throw new InvalidDataException("a dictionary page is not the first one");
        // A header is under no checksum itself: one that lost its page's is as damaged as a page that does not match.
        if ((_hasChecksums ??= header.Crc is not null) != header.Crc is not null)
            throw new InvalidDataException("only some of its pages have checksums");
        if (header.UncompressedSize > options.MaxPageBytes)
            throw new InvalidDataException($"a page claims {header.UncompressedSize} bytes");
        if (options.VerifiesChecksums && header.Crc is { } crc && crc != PageChecksum.Compute(BodyOf(page)))
            throw new InvalidDataException("a page does not match its checksum");
        if (chunk.Codec == PageCodec.Uncompressed && header.CompressedSize != header.UncompressedSize)
            throw new InvalidDataException("an uncompressed page has two sizes");
    }

    // Only where there are checksums: other writers' encoding_stats are not all to be trusted.
    void CheckCounts(ColumnChunkRecord chunk, bool isWhole)
    {
        if (chunk.PageCounts.Count == 0 || _hasChecksums is not true)
            return;
        var stated = chunk.PageCounts.Select(x => (x.Type, x.Encoding)).ToHashSet();
        if (isWhole ? !HasCounts(chunk, stated) : !_seen.IsSubsetOf(stated))
            throw new InvalidDataException("its pages are of other types and encodings than the footer says");
    }

    bool HasCounts(ColumnChunkRecord chunk, HashSet<(PageType, PageEncoding)> stated) =>
        _seen.SetEquals(stated) && stated.Count == chunk.PageCounts.Count && chunk.PageCounts.All(
            x => x.Count == _pages.Count(page => page.Header.Type == x.Type && page.Header.Encoding == x.Encoding));
}
