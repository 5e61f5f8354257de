using Ticklake.Columnar;
using Ticklake.Core.Numbers;

namespace Ticklake.Stores.Csv;

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
