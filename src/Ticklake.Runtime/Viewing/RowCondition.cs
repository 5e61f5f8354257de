using System.Globalization;
using System.Text;
using Ticklake.Columnar;
using Ticklake.Core.Numbers;
using Ticklake.Core.Time;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Viewing;

/// <summary>
/// One <c>column op value</c> that rows must meet. Texts compare by their bytes; a null meets only <c>= null</c>, and
/// everything else meets <c>!= null</c>.
/// </summary>
public sealed class RowCondition
{
    // The longer ones first, so that <= is not taken for <.
    static readonly string[] Operators = ["!=", "<=", ">=", "=", "<", ">"];

    readonly string _operator;
    readonly string _value;

    RowCondition(string column, string op, string value) => (Column, _operator, _value) = (column, op, value);

    public string Column { get; }

    bool IsNullTest => _value == "null";

    /// <exception cref="FormatException">It has not that form; the message says what is expected.</exception>
    public static RowCondition Parse(string text)
    {
        var at = text.IndexOfAny(['!', '<', '>', '=']);
        var op = at < 1 ? null : Operators.FirstOrDefault(x => text.AsSpan(at).StartsWith(x, StringComparison.Ordinal));
        if (op is null)
        {
            throw new FormatException(
                $"'{text}' is no condition. Write it as \"column op value\" with one of {string.Join(' ', Operators)}.");
        }

        var value = text[(at + op.Length)..].Trim();
        if (value is ['\'', .., '\''] or ['"', .., '"'])
            value = value[1..^1];
        return new RowCondition(text[..at].Trim(), op, value);
    }

    /// <summary>Makes the test of a column's values; true where the row meets the condition.</summary>
    /// <param name="column">Whose values.</param>
    /// <param name="isNumber">Its texts are those of numbers, and compare as such.</param>
    /// <exception cref="FormatException">The value is none of the column's kind.</exception>
    public Func<ColumnValues, int, bool> For(ColumnSchema column, bool isNumber = false)
    {
        if (IsNullTest)
        {
            var wantsNull = _operator switch
            {
                "=" => true,
                "!=" => false,
                _ => throw Fault(column, "= or != beside null"),
            };
            return (values, row) => values.IsNull(row) == wantsNull;
        }

        var compare = isNumber ? NumberComparison(column) : Comparison(column);
        return _operator switch
        {
            "=" => (values, row) => !values.IsNull(row) && compare(values, row) == 0,
            "!=" => (values, row) => values.IsNull(row) || compare(values, row) != 0,
            "<" => (values, row) => !values.IsNull(row) && compare(values, row) == -1,
            "<=" => (values, row) => !values.IsNull(row) && compare(values, row) is -1 or 0,
            ">" => (values, row) => !values.IsNull(row) && compare(values, row) == 1,
            _ => (values, row) => !values.IsNull(row) && compare(values, row) is 0 or 1,
        };
    }

    /// <summary>
    /// Bounds outside of which no row meets the condition, so that parts of a file can be left out; null where it has none.
    /// </summary>
    public RowFilter? Bounds(ColumnSchema column)
    {
        if (IsNullTest || _operator == "!=" || Bound(column) is not { } value)
            return null;
        return new RowFilter(
            column.Name, _operator is "<" or "<=" ? null : value, _operator is ">" or ">=" ? null : value);
    }

    /// <summary>-1, 0 or 1 as the row's value is less than, equal to or greater than ours; 2 where it is neither (NaN).</summary>
    Func<ColumnValues, int, int> Comparison(ColumnSchema column)
    {
        const NumberStyles Whole = NumberStyles.AllowLeadingSign;
        switch (column.Kind)
        {
            case ColumnKind.Boolean:
                var flag = bool.TryParse(_value, out var parsed) ? parsed : throw Fault(column, "true or false");
                return (values, row) => ((FixedValues<bool>)values).Values[row].CompareTo(flag);
            case ColumnKind.Int32:
            case ColumnKind.Int64:
                var whole = long.TryParse(_value, Whole, CultureInfo.InvariantCulture, out var integer)
                    ? integer : throw Fault(column, "a whole number");
                return (values, row) => (values is FixedValues<int> small
                    ? small.Values[row] : ((FixedValues<long>)values).Values[row]).CompareTo(whole);
            case ColumnKind.TimestampMicros:
                var time = Microseconds(column);
                return (values, row) => ((FixedValues<long>)values).Values[row].CompareTo(time);
            case ColumnKind.Double:
                var number = double.TryParse(_value, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
                    ? real : throw Fault(column, "a number");
                return (values, row) => Compare(((FixedValues<double>)values).Values[row], number);
            case ColumnKind.Decimal:
                var units = Units(column);
                return (values, row) => ((FixedValues<Int128>)values).Values[row].CompareTo(units);
            default:
                var text = Encoding.UTF8.GetBytes(_value);
                return (values, row) => Math.Sign(((Utf8Values)values).Utf8(row).SequenceCompareTo(text));
        }
    }

    object? Bound(ColumnSchema column)
    {
        const NumberStyles Whole = NumberStyles.AllowLeadingSign;
        return column.Kind switch
        {
            ColumnKind.Boolean when bool.TryParse(_value, out var flag) => flag,
            ColumnKind.Int32 or ColumnKind.Int64
                when long.TryParse(_value, Whole, CultureInfo.InvariantCulture, out var whole) => whole,
            ColumnKind.TimestampMicros => Microseconds(column),
            ColumnKind.Double
                when double.TryParse(_value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            ColumnKind.Decimal => Units(column),
            ColumnKind.Utf8 => _value,
            _ => null,
        };
    }

    Func<ColumnValues, int, int> NumberComparison(ColumnSchema column)
    {
        var number = ExactDecimal.TryParse(Encoding.UTF8.GetBytes(_value), out var parsed)
            ? parsed : throw Fault(column, "a number");
        return (values, row) => ExactDecimal.TryParse(((Utf8Values)values).Utf8(row), out var own)
            ? Math.Sign(own.CompareTo(number)) : 2;
    }

    Int128 Units(ColumnSchema column) =>
        ExactDecimal.TryParse(Encoding.UTF8.GetBytes(_value), out var value) && DecimalUnits.TryFrom(value, out var units)
            ? units : throw Fault(column, $"a number of at most {DecimalUnits.Scale} digits behind the point");

    long Microseconds(ColumnSchema column)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(_value, CultureInfo.InvariantCulture, Utc, out var time)
            ? TimestampNs.From(time).Microseconds
            : throw Fault(column, "a time such as 2025-01-17T08:00:00Z");
    }

    static int Compare(double left, double right) => left < right ? -1 : left > right ? 1 : left == right ? 0 : 2;

    FormatException Fault(ColumnSchema column, string wanted) =>
        new($"The column {column.Name} wants {wanted}, not '{_value}'.");
}
