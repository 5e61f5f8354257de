using System.Text;
using Ticklake.Columnar;
using Ticklake.Core.Events;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Export;

/// <summary>Goes through the rows of one segment, one row group and only the columns wanted in memory. One thread.</summary>
sealed class SegmentCursor : IDisposable
{
    static readonly string[] Common = ["recv_ts", "exchange_ts", "source_file", "line_no", "conn_id", "seq"];

    readonly TableReader _reader;
    readonly string[] _names;
    ColumnValues[] _columns = [];
    byte[] _fileBytes = [];
    byte[] _sessionBytes = [];
    int _group = -1;
    int _rows;

    public SegmentCursor(string path, CatalogEntry entry, IEnumerable<string> columns)
    {
        Entry = entry;
        _names = [.. Common, .. columns];
        _reader = SegmentFile.Open(path);
    }

    public CatalogEntry Entry { get; }

    public int Row { get; private set; }

    public long RecvUs => Int64(0);

    public long? ExchangeUs => _columns[1].IsNull(Row) ? null : Int64(1);

    public string SourceFile { get; private set; } = "";

    public long Line => Int64(3);

    public string Session { get; private set; } = "";

    public long Seq => _columns[5].IsNull(Row) ? EventStamp.None : Int64(5);

    /// <summary>A wanted column, by its place among those named.</summary>
    public ColumnValues this[int column] => _columns[Common.Length + column];

    public bool MoveNext()
    {
        if (++Row >= _rows && !TryNextGroup())
            return false;
        (SourceFile, _fileBytes) = Text(_columns[2], SourceFile, _fileBytes);
        (Session, _sessionBytes) = Text(_columns[4], Session, _sessionBytes);
        return true;
    }

    public void Dispose() => _reader.Dispose();

    bool TryNextGroup()
    {
        do
        {
            if (++_group >= _reader.GroupRows.Count)
                return false;
            _rows = _reader.GroupRows[_group];
        }
        while (_rows == 0);

        _columns = [.. _reader.Read(_group, _names).Columns];
        Row = 0;
        return true;
    }

    long Int64(int column) => ((FixedValues<long>)_columns[column]).Values[Row];

    // Nearly always the same text as in the row before.
    (string Text, byte[] Bytes) Text(ColumnValues column, string text, byte[] bytes)
    {
        var own = ((Utf8Values)column).Utf8(Row);
        return own.SequenceEqual(bytes) ? (text, bytes) : (Encoding.UTF8.GetString(own), own.ToArray());
    }
}
