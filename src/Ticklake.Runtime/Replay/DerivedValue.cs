using System.Text;
using Ticklake.Columnar;
using Ticklake.Runtime.Viewing;

namespace Ticklake.Runtime.Replay;

/// <summary>Single values of a batch's columns, in the form in which a segment's reader gives them.</summary>
static class DerivedValue
{
    public static object? Of(ColumnPart part, int row, ColumnKind kind) => part switch
    {
        ConstantPart p => Constant(p, kind),
        Int64Part p => IsNull(p.IsNull, row) ? null : p.Values[row],
        Int32Part p => IsNull(p.IsNull, row) ? null : p.Values[row],
        DoublePart p => IsNull(p.IsNull, row) ? null : p.Values[row],
        DecimalPart p => IsNull(p.IsNull, row) ? null : p.Values[row],
        BooleanPart p => IsNull(p.IsNull, row) ? null : p.Values[row],
        Utf8Part p => IsNull(p.IsNull, row) ? null : Encoding.UTF8.GetString(p.Bytes[p.Offsets[row]..p.Offsets[row + 1]]),
        CodedUtf8Part p => Encoding.UTF8.GetString(p.Dictionary[p.Codes[row]]),
        _ => throw new NotSupportedException($"Rows of a {part.GetType().Name} cannot be compared."),
    };

    /// <summary>Bit for bit: two zeros of different sign are not the same.</summary>
    public static bool IsSame(object? left, object? right) => (left, right) switch
    {
        (double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b),
        _ => Equals(left, right),
    };

    public static string Text(object? value, ColumnKind kind) => value is null ? "null" : ValueText.Of(value, kind);

    static bool IsNull(ReadOnlySpan<bool> flags, int row) => !flags.IsEmpty && flags[row];

    static object? Constant(ConstantPart part, ColumnKind kind)
    {
        if (part.IsNull)
            return null;
        if (part.Text is { } text)
            return Encoding.UTF8.GetString(text);
        var number = part.Number.GetValueOrDefault();
        return kind switch
        {
            ColumnKind.Boolean => number != 0,
            ColumnKind.Int32 => (int)number,
            _ => number,
        };
    }
}
