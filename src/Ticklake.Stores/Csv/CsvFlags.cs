using Ticklake.Columnar;

namespace Ticklake.Stores.Csv;

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
