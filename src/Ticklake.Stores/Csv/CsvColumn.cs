using Ticklake.Columnar;

namespace Ticklake.Stores.Csv;

/// <summary>A column being read from CSV, field by field. One thread.</summary>
abstract class CsvColumn(ColumnSchema schema)
{
    bool[] _isNull = [];
    bool _hasNull;

    public ColumnSchema Schema => schema;

    protected int Count { get; private set; }

    /// <summary>What a field of the column must be, for messages.</summary>
    protected abstract string Wanted { get; }

    protected bool[]? NullFlags => _hasNull ? _isNull : null;

    public static CsvColumn Create(ColumnSchema schema, bool isNumber) => schema.Kind switch
    {
        ColumnKind.Boolean => new CsvFlags(schema),
        ColumnKind.Int32 => new CsvIntegers(schema),
        ColumnKind.Int64 or ColumnKind.TimestampMicros => new CsvLongs(schema),
        _ => new CsvTexts(schema, isNumber),
    };

    public void Begin(int rows)
    {
        Count = 0;
        _isNull = new bool[rows];
        _hasNull = false;
        Reserve(rows);
    }

    /// <summary>Takes the next row's field; null, or what should have been there.</summary>
    public string? Add(ReadOnlySpan<byte> field, in CsvField place)
    {
        if (field.IsEmpty && !place.IsQuoted)
        {
            if (!schema.IsNullable)
                return Wanted;
            _isNull[Count] = _hasNull = true;
        }
        else if (!TryAdd(field, place))
            return Wanted;

        Count++;
        return null;
    }

    public abstract ColumnValues ToValues();

    protected abstract void Reserve(int rows);

    protected abstract bool TryAdd(ReadOnlySpan<byte> field, in CsvField place);
}
