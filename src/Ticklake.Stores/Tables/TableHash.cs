using Ticklake.Columnar;

namespace Ticklake.Stores.Tables;

/// <summary>Hashes the rows of a table that was read back, to be compared with <see cref="DerivedRows"/>.</summary>
public static class TableHash
{
    /// <summary>
    /// One hash a row, equal to <see cref="DerivedRows.Hash(RowBatch, NumberForm)"/> of the rows it was written
    /// from.
    /// </summary>
    public static ulong[] Of(ColumnTable rows)
    {
        var hash = new RowHash(rows.RowCount);
        foreach (var column in rows.Columns)
            Add(hash, column);
        return hash.Rows.ToArray();
    }

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
            case FixedValues<Int128> values:
                for (var i = 0; i < values.Count; i++)
                {
                    if (column.IsNull(i))
                        hash.AddNull(i);
                    else
                        hash.Add(i, values.Values[i]);
                }

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
