using System.Buffers.Text;
using Ticklake.Columnar;

namespace Ticklake.Stores.Csv;

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
