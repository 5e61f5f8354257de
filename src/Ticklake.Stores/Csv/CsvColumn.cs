using System.Buffers.Text;
using Ticklake.Columnar;
using Ticklake.Core.Numbers;

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

/// <summary>A column of booleans.</summary>
sealed class CsvFlags(ColumnSchema schema) : CsvColumn(schema)
{
    bool[] _values = [];

    protected override string Wanted => "true or false";

    public override ColumnValues ToValues() => GivenColumn.Of(Schema, _values, NullFlags);

    protected override void Reserve(int rows) => _values = new bool[rows];

    protected override bool TryAdd(ReadOnlySpan<byte> field, in CsvField place)
    {
        _values[Count] = field.SequenceEqual("true"u8);
        return _values[Count] || field.SequenceEqual("false"u8);
    }
}

/// <summary>A column of small integers.</summary>
sealed class CsvIntegers(ColumnSchema schema) : CsvColumn(schema)
{
    int[] _values = [];

    protected override string Wanted => "a whole number";

    public override ColumnValues ToValues() => GivenColumn.Of(Schema, _values, NullFlags);

    protected override void Reserve(int rows) => _values = new int[rows];

    protected override bool TryAdd(ReadOnlySpan<byte> field, in CsvField place) =>
        Utf8Parser.TryParse(field, out _values[Count], out int length) && length == field.Length;
}

/// <summary>A column of integers or times.</summary>
sealed class CsvLongs(ColumnSchema schema) : CsvColumn(schema)
{
    long[] _values = [];

    protected override string Wanted => "a whole number";

    public override ColumnValues ToValues() => GivenColumn.Of(Schema, _values, NullFlags);

    protected override void Reserve(int rows) => _values = new long[rows];

    protected override bool TryAdd(ReadOnlySpan<byte> field, in CsvField place) =>
        Utf8Parser.TryParse(field, out _values[Count], out int length) && length == field.Length;
}

/// <summary>A column of texts, or of numbers as the exchange wrote them. A text that repeats is held once.</summary>
sealed class CsvTexts(ColumnSchema schema, bool isNumber) : CsvColumn(schema)
{
    byte[] _bytes = [];
    int[] _starts = [];
    int[] _lengths = [];
    int _end;

    protected override string Wanted => isNumber ? "a number" : "a text; an empty one has quotes";

    public override ColumnValues ToValues() => GivenColumn.OfTexts(Schema, _bytes, _starts, _lengths, NullFlags);

    protected override void Reserve(int rows)
    {
        _starts = new int[rows];
        _lengths = new int[rows];
        _bytes = new byte[1 << 10];
        _end = 0;
    }

    protected override bool TryAdd(ReadOnlySpan<byte> field, in CsvField place)
    {
        if (isNumber && !ExactDecimal.TryParse(field, out _))
            return false;
        if (place.HasQuotes)
            Append(field);
        else if (Count > 0 && field.SequenceEqual(_bytes.AsSpan(_starts[Count - 1], _lengths[Count - 1])))
            (_starts[Count], _lengths[Count]) = (_starts[Count - 1], _lengths[Count - 1]);
        else
            AppendPlain(field);
        return true;
    }

    void AppendPlain(ReadOnlySpan<byte> text)
    {
        Room(text.Length);
        text.CopyTo(_bytes.AsSpan(_end));
        (_starts[Count], _lengths[Count]) = (_end, text.Length);
        _end += text.Length;
    }

    void Append(ReadOnlySpan<byte> quoted)
    {
        Room(quoted.Length);
        _starts[Count] = _end;
        for (var at = quoted.IndexOf((byte)'"'); at >= 0; at = quoted.IndexOf((byte)'"'))
        {
            // Every quote within stands twice: one of them is kept.
            quoted[..(at + 1)].CopyTo(_bytes.AsSpan(_end));
            _end += at + 1;
            quoted = quoted[(at + 2)..];
        }

        quoted.CopyTo(_bytes.AsSpan(_end));
        _end += quoted.Length;
        _lengths[Count] = _end - _starts[Count];
    }

    void Room(int size)
    {
        if (_bytes.Length - _end < size)
            Array.Resize(ref _bytes, Math.Max(checked(_end + size), _bytes.Length * 2));
    }
}
