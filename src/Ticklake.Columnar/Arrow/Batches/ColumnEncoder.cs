namespace Ticklake.Columnar.Arrow.Batches;

/// <summary>Turns the parts of a column into the buffers of a batch, with memory that is kept from one to the next.</summary>
sealed class ColumnEncoder(BatchBody body)
{
    readonly ByteBuffer _bits = new();
    readonly ByteBuffer _values = new();
    readonly ByteBuffer _texts = new();
    bool[] _flags = [];

    /// <param name="column">The column, which the parts fit.</param>
    /// <param name="parts">Its values, of together <paramref name="rows"/> rows.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="dictionary">Given where the column's texts are written as indices.</param>
    public void Write(ColumnSchema column, IReadOnlyList<ColumnPart> parts, int rows, ColumnDictionary? dictionary)
    {
        if (_flags.Length < rows)
            _flags = new bool[rows];
        WriteNulls(parts, rows);
        _values.Clear();
        switch (column.Kind)
        {
            case ColumnKind.Boolean:
                WriteBooleans(parts, rows);
                break;
            case ColumnKind.Int32:
                body.AddBuffer(NumberValues.Gather<int>(parts, _values));
                break;
            case ColumnKind.Double:
                body.AddBuffer(NumberValues.Gather<double>(parts, _values));
                break;
            case ColumnKind.Decimal:
                body.AddBuffer(NumberValues.Gather<Int128>(parts, _values), isWide: true);
                break;
            case ColumnKind.Utf8 when dictionary is not null:
                dictionary.Encode(parts, _values);
                body.AddBuffer(_values.Written);
                break;
            case ColumnKind.Utf8:
                _texts.Clear();
                TextValues.Gather(parts, _values, _texts);
                body.AddBuffer(_values.Written);
                body.AddBuffer(_texts.Written);
                break;
            default:
                body.AddBuffer(NumberValues.Gather<long>(parts, _values));
                break;
        }
    }

    /// <summary>Writes the entries of a dictionary, which are never null.</summary>
    public void Write(ColumnDictionary dictionary)
    {
        _values.Clear();
        _texts.Clear();
        dictionary.GatherEntries(_values, _texts);
        body.AddNode(dictionary.PendingCount, 0);
        body.AddBuffer([]);
        body.AddBuffer(_values.Written);
        body.AddBuffer(_texts.Written);
    }

    void WriteNulls(IReadOnlyList<ColumnPart> parts, int rows)
    {
        var at = 0;
        foreach (var part in parts)
        {
            var flags = _flags.AsSpan(at, part.Count);
            var isNull = NumberValues.NullsOf(part);
            if (isNull.IsEmpty)
                flags.Fill(part is ConstantPart { IsNull: true });
            else
                isNull.CopyTo(flags);
            at += part.Count;
        }

        var nulls = _flags.AsSpan(0, rows).Count(true);
        body.AddNode(rows, nulls);
        _bits.Clear();
        if (nulls > 0)
            Bitmap.Pack(_flags.AsSpan(0, rows), inverted: true, _bits);
        body.AddBuffer(_bits.Written);
    }

    void WriteBooleans(IReadOnlyList<ColumnPart> parts, int rows)
    {
        var at = 0;
        foreach (var part in parts)
        {
            var flags = _flags.AsSpan(at, part.Count);
            if (part is BooleanPart booleans)
            {
                booleans.Values.CopyTo(flags);
                var isNull = booleans.IsNull;
                for (var i = 0; i < isNull.Length; i++)
                    flags[i] &= !isNull[i];
            }
            else
            {
                flags.Fill(part is ConstantPart { Number: 1 });
            }

            at += part.Count;
        }

        _bits.Clear();
        Bitmap.Pack(_flags.AsSpan(0, rows), inverted: false, _bits);
        body.AddBuffer(_bits.Written);
    }
}
