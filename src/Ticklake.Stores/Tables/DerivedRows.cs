using Ticklake.Columnar;

namespace Ticklake.Stores.Tables;

/// <summary>Hashes the rows of batches, to be compared with those of sealed segments. One thread at a time.</summary>
public static class DerivedRows
{
    /// <summary>One hash a row, in row order; the batch stays as it is.</summary>
    public static ulong[] Hash(RowBatch batch, NumberForm numbers = NumberForm.Double)
    {
        var columns = new RowGroupColumns(TableSchemas.Of(batch.Header.Stream.Channel, numbers));
        batch.ToColumns(columns);
        var hash = Hash(columns);
        columns.Clear();
        return hash;
    }

    /// <summary>One hash a row of a whole row group.</summary>
    public static ulong[] Hash(RowGroupColumns columns)
    {
        var hash = new RowHash(columns.Rows);
        foreach (var parts in columns.Columns)
        {
            var row = 0;
            foreach (var part in parts)
            {
                Add(hash, row, part);
                row += part.Count;
            }
        }

        return hash.Rows.ToArray();
    }

    static void Add(RowHash hash, int first, ColumnPart part)
    {
        switch (part)
        {
            case ConstantPart constant:
                AddConstant(hash, first, constant);
                break;
            case Int64Part p:
                for (var i = 0; i < p.Count; i++)
                    Add(hash, first + i, p.IsNull, i, (ulong)p.Values[i]);
                break;
            case Int32Part p:
                for (var i = 0; i < p.Count; i++)
                    Add(hash, first + i, p.IsNull, i, (ulong)p.Values[i]);
                break;
            case DoublePart p:
                for (var i = 0; i < p.Count; i++)
                    Add(hash, first + i, p.IsNull, i, BitConverter.DoubleToUInt64Bits(p.Values[i]));
                break;
            case DecimalPart p:
                for (var i = 0; i < p.Count; i++)
                {
                    if (!p.IsNull.IsEmpty && p.IsNull[i])
                        hash.AddNull(first + i);
                    else
                        hash.Add(first + i, p.Values[i]);
                }

                break;
            case BooleanPart p:
                for (var i = 0; i < p.Count; i++)
                    Add(hash, first + i, p.IsNull, i, p.Values[i] ? 1UL : 0);
                break;
            case Utf8Part p:
                for (var i = 0; i < p.Count; i++)
                    Add(hash, first + i, p.IsNull, i, RowHash.Of(p.Bytes[p.Offsets[i]..p.Offsets[i + 1]]));
                break;
            case CodedUtf8Part p:
                for (var i = 0; i < p.Count; i++)
                    hash.Add(first + i, RowHash.Of(p.Dictionary[p.Codes[i]]));
                break;
            default:
                throw new NotSupportedException($"Rows of a {part.GetType().Name} cannot be compared.");
        }
    }

    static void AddConstant(RowHash hash, int first, ConstantPart part)
    {
        var value = part.Text is { } text ? RowHash.Of(text) : (ulong)part.Number.GetValueOrDefault();
        for (var i = 0; i < part.Count; i++)
        {
            if (part.IsNull)
                hash.AddNull(first + i);
            else
                hash.Add(first + i, value);
        }
    }

    static void Add(RowHash hash, int row, ReadOnlySpan<bool> isNull, int index, ulong value)
    {
        if (!isNull.IsEmpty && isNull[index])
            hash.AddNull(row);
        else
            hash.Add(row, value);
    }
}
