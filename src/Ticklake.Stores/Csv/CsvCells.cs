using Ticklake.Columnar;

namespace Ticklake.Stores.Csv;

/// <summary>One column of a row group on its way to text: gives the cell of each row after that of the one before.</summary>
sealed class CsvCells
{
    readonly CsvText _constant = new();
    IReadOnlyList<ColumnPart> _parts = [];
    ColumnPart _part = ConstantPart.Null(0);
    int _next;
    int _row;

    ColumnKind _kind;

    public void Begin(ColumnKind kind, IReadOnlyList<ColumnPart> parts)
    {
        (_kind, _parts) = (kind, parts);
        _part = ConstantPart.Null(0);
        (_next, _row) = (0, 0);
    }

    public void WriteNext(CsvText text)
    {
        while (_row == _part.Count)
            Enter(_parts[_next++]);
        var row = _row++;
        switch (_part)
        {
            case ConstantPart:
                text.Append(_constant.Written);
                break;
            case Utf8Part p:
                if (!IsNull(p.IsNull, row))
                    text.AppendField(p.Bytes[p.Offsets[row]..p.Offsets[row + 1]]);
                break;
            case Int64Part p:
                if (!IsNull(p.IsNull, row))
                    text.Append(p.Values[row]);
                break;
            case CodedUtf8Part p:
                text.AppendField(p.Dictionary[p.Codes[row]]);
                break;
            case BooleanPart p:
                if (!IsNull(p.IsNull, row))
                    text.Append(p.Values[row] ? "true"u8 : "false"u8);
                break;
            case Int32Part p:
                if (!IsNull(p.IsNull, row))
                    text.Append(p.Values[row]);
                break;
            default:
                throw new NotSupportedException($"CSV takes no {_part.GetType().Name}.");
        }
    }

    void Enter(ColumnPart part)
    {
        (_part, _row) = (part, 0);
        if (part is not ConstantPart constant)
            return;
        _constant.Clear();
        if (constant.Text is { } text)
            _constant.AppendField(text);
        else if (_kind == ColumnKind.Boolean && constant.Number is { } flag)
            _constant.Append(flag != 0 ? "true"u8 : "false"u8);
        else if (constant.Number is { } number)
            _constant.Append(number);
    }

    static bool IsNull(ReadOnlySpan<bool> flags, int row) => !flags.IsEmpty && flags[row];
}
