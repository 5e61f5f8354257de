namespace Ticklake.Columnar;

/// <summary>
/// Reads a file of columns group by group, whatever its format. A damaged or hostile file gives
/// <see cref="InvalidDataException"/>, one with features that are not supported <see cref="NotSupportedException"/>. One
/// thread at a time.
/// </summary>
public abstract class TableReader : IDisposable
{
    public abstract IReadOnlyList<ColumnSchema> Schema { get; }

    /// <summary>The file's key-value metadata, in its order.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, string>> Metadata { get; }

    public abstract long RowCount { get; }

    /// <summary>The rows of each group: a row group of Parquet, a record batch of Arrow.</summary>
    public abstract IReadOnlyList<int> GroupRows { get; }

    /// <summary>The index of a column; -1 where there is none of that name.</summary>
    public int ColumnIndex(string name)
    {
        for (var i = 0; i < Schema.Count; i++)
        {
            if (Schema[i].Name == name)
                return i;
        }

        return -1;
    }

    /// <summary>Reads one column of one group: <see cref="FixedValues{T}"/> or <see cref="Utf8Values"/>.</summary>
    public abstract ColumnValues ReadColumn(int group, int column);

    /// <summary>
    /// Reads some rows of one column of one group: row i of the answer is the i-th of <paramref name="rows"/>.
    /// </summary>
    public virtual ColumnValues ReadColumn(int group, int column, RowRanges rows) =>
        ReadColumn(group, column).Take(rows);

    /// <summary>
    /// The rows of a group that may match all filters, as far as the file's bounds tell: what is left out does not match,
    /// what is given need not.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The file has no such column.</exception>
    public virtual RowRanges Select(int group, IReadOnlyList<RowFilter> filters) => RowRanges.All(GroupRows[group]);

    /// <summary>
    /// Least and greatest value of a column in a group, in the form <see cref="ColumnValues"/> gives values; null where the
    /// file does not say, or says it shortened.
    /// </summary>
    public virtual (object Min, object Max)? BoundsOf(int group, int column) => null;

    /// <summary>Reads all columns of one group.</summary>
    public ColumnTable Read(int group) => Read(group, Enumerable.Range(0, Schema.Count));

    /// <summary>Reads some columns of one group, in the order they are named.</summary>
    /// <exception cref="KeyNotFoundException">The file has no such column.</exception>
    public ColumnTable Read(int group, IReadOnlyList<string> columns) => Read(group, columns.Select(Existing));

    public abstract void Dispose();

    /// <summary>Opens a file and what reads it; the reader owns the stream.</summary>
    protected static T Open<T>(string path, Func<Stream, T> read)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
        try
        {
            return read(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    ColumnTable Read(int group, IEnumerable<int> columns) =>
        new([.. columns.Select(column => ReadColumn(group, column))], GroupRows[group]);

    /// <summary>The index of a column that must be there.</summary>
    protected int Existing(string name)
    {
        var column = ColumnIndex(name);
        return column >= 0 ? column : throw new KeyNotFoundException($"The file has no column {name}.");
    }
}
