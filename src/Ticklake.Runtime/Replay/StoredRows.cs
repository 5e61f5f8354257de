using System.Text;
using Ticklake.Columnar;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Replay;

/// <summary>The rows that a segment holds of one range, one after the other; one row group is in memory at a time.</summary>
sealed class StoredRows : IDisposable
{
    readonly SealedRange _range;
    readonly byte[] _file;
    readonly TableReader _reader;
    int _group = -1;
    int _row;
    long _before;

    public StoredRows(string lake, SealedRange range)
    {
        _range = range;
        _file = Encoding.UTF8.GetBytes(range.Lines.File);
        _reader = SegmentFile.Open(Path.Combine(lake, range.Segment));
        MoveNext();
    }

    /// <summary>The row group of the present row, or null past the last row.</summary>
    public ColumnTable? Table { get; private set; }

    /// <summary>The present row's index in <see cref="Table"/>.</summary>
    public int Index => _row;

    /// <summary>1-based number of the present row in its file.</summary>
    public long Number => _before + _row + 1;

    public long IngestId => ((FixedValues<long>)Table!["ingest_id"]).Values[_row];

    public long Line => ((FixedValues<long>)Table!["line_no"]).Values[_row];

    public void MoveNext()
    {
        if (Table is not null)
            _row++;
        while (Table is null || !FindInGroup(Table))
        {
            _before += Table?.RowCount ?? 0;
            _row = 0;
            if (++_group >= _reader.GroupRows.Count)
            {
                Table = null;
                return;
            }

            Table = _reader.Read(_group);
        }
    }

    public void Dispose() => _reader.Dispose();

    bool FindInGroup(ColumnTable table)
    {
        var files = (Utf8Values)table["source_file"];
        var lines = ((FixedValues<long>)table["line_no"]).Values;
        while (_row < table.RowCount && !(_range.Contains(lines[_row]) && files.Utf8(_row).SequenceEqual(_file)))
            _row++;
        return _row < table.RowCount;
    }
}
