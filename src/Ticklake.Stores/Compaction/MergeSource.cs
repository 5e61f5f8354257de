using Ticklake.Columnar;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Compaction;

/// <summary>The rows of one segment on their way into another, one group in memory at a time. One thread.</summary>
sealed class MergeSource : IDisposable
{
    readonly TableReader _reader;
    readonly int _order;
    int _group = -1;
    long[] _keys = [];

    public MergeSource(TableReader reader, int order)
    {
        _reader = reader;
        _order = order;
        LoadNext();
    }

    public IReadOnlyList<ColumnSchema> Schema => _reader.Schema;

    /// <summary>The rows in memory; null past the last one.</summary>
    public ColumnTable? Table { get; private set; }

    /// <summary>One hash a row of <see cref="Table"/>.</summary>
    public ulong[] Hashes { get; private set; } = [];

    /// <summary>Index of the next row.</summary>
    public int Row { get; private set; }

    /// <summary>
    /// The latest receive time up to the next row: where the clock stepped back, rows keep their order all the same.
    /// </summary>
    public long Key => _keys[Row];

    public ReadOnlySpan<long> RecvUs => ((FixedValues<long>)Table!["recv_ts"]).Values;

    /// <summary>Comes before the other: earlier, or as early and first in the group.</summary>
    public bool IsBefore(MergeSource other) => Key < other.Key || (Key == other.Key && _order < other._order);

    /// <summary>How many rows from here on, of those in memory, come before the other's next row.</summary>
    public int RowsBefore(MergeSource other) =>
        RowsBelow(_order < other._order && other.Key < long.MaxValue ? other.Key + 1 : other.Key);

    /// <summary>How many rows from here on, of those in memory, are earlier than a time.</summary>
    public int RowsBelow(long us)
    {
        var index = Array.BinarySearch(_keys, Row, _keys.Length - Row, us);
        if (index < 0)
            return ~index - Row;
        while (index > Row && _keys[index - 1] == us)
            index--;
        return index - Row;
    }

    public void Advance(int rows)
    {
        Row += rows;
        if (Row == _keys.Length)
            LoadNext();
    }

    public void Dispose() => _reader.Dispose();

    void LoadNext()
    {
        var latest = _keys is [.., var last] ? last : long.MinValue;
        do
        {
            if (++_group >= _reader.GroupRows.Count)
            {
                Table = null;
                return;
            }

            Table = _reader.Read(_group);
        }
        while (Table.RowCount == 0);

        Row = 0;
        Hashes = TableHash.Of(Table);
        _keys = RecvUs.ToArray();
        for (var i = 0; i < _keys.Length; i++)
            _keys[i] = latest = Math.Max(latest, _keys[i]);
    }
}
