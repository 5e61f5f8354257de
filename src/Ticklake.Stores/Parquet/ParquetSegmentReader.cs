using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Parquet;

/// <summary>
/// Reads a sealed segment back, row group by row group, for <c>verify</c> and <c>cat</c>. A damaged file gives
/// <see cref="InvalidDataException"/>. One thread at a time.
/// </summary>
public sealed class ParquetSegmentReader : IDisposable
{
    readonly ParquetReader _reader;

    /// <summary>Reads a seekable stream, which it owns.</summary>
    public ParquetSegmentReader(Stream file) => _reader = new ParquetReader(file);

    public IReadOnlyList<ColumnSchema> Schema => _reader.Schema;

    /// <summary>The file's key-value metadata.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata => _reader.Metadata;

    public long Rows => _reader.RowCount;

    public int RowGroups => _reader.RowGroups.Count;

    public static ParquetSegmentReader Open(string path) =>
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1));

    public ParquetTable Read(int rowGroup) => _reader.ReadRowGroup(rowGroup);

    /// <summary>
    /// One hash a row of the row group, equal to <see cref="DerivedRows.Hash(RowBatch)"/> of the rows it was written
    /// from.
    /// </summary>
    public static ulong[] Hash(ParquetTable rows)
    {
        var hash = new RowHash(rows.RowCount);
        foreach (var column in rows.Columns)
            Add(hash, column);
        return hash.Rows.ToArray();
    }

    public void Dispose() => _reader.Dispose();

    static void Add(RowHash hash, ColumnValues column)
    {
        switch (column)
        {
            case FixedValues<long> values:
                for (var i = 0; i < values.Count; i++)
                    Add(hash, column, i, (ulong)values.Values[i]);
                break;
            case FixedValues<int> values:
                for (var i = 0; i < values.Count; i++)
                    Add(hash, column, i, (ulong)values.Values[i]);
                break;
            case FixedValues<double> values:
                for (var i = 0; i < values.Count; i++)
                    Add(hash, column, i, BitConverter.DoubleToUInt64Bits(values.Values[i]));
                break;
            case FixedValues<bool> values:
                for (var i = 0; i < values.Count; i++)
                    Add(hash, column, i, values.Values[i] ? 1UL : 0);
                break;
            case Utf8Values values:
                for (var i = 0; i < values.Count; i++)
                    Add(hash, column, i, RowHash.Of(values.Utf8(i)));
                break;
            default:
                throw new NotSupportedException($"Rows of {column.Column.Kind} columns cannot be compared.");
        }
    }

    static void Add(RowHash hash, ColumnValues column, int row, ulong value)
    {
        if (column.IsNull(row))
            hash.AddNull(row);
        else
            hash.Add(row, value);
    }
}
