using System.Text;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Reading;

/// <summary>Holds a <see cref="RowFilter"/> against the bounds that a file states of a column.</summary>
sealed class ColumnFilter(StoredColumn stored, RowFilter filter)
{
    readonly object? _min = Comparable(stored.Column, filter.Min);
    readonly object? _max = Comparable(stored.Column, filter.Max);

    /// <summary>False where no value between the stated bounds (null: unknown) can be wanted.</summary>
    public bool MayMatch(byte[]? least, byte[]? greatest) =>
        (_max is null || least is null || Compare(least, _max) <= 0)
        && (_min is null || greatest is null || Compare(greatest, _min) >= 0);

    static object? Comparable(ColumnSchema column, object? value) => (column.Kind, value) switch
    {
        (_, null) => null,
        (ColumnKind.Boolean, bool) or (ColumnKind.Double, double) => value,
        (ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.TimestampMicros, long) => value,
        (ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.TimestampMicros, int small) => (long)small,
        (ColumnKind.Decimal, Int128) => value,
        (ColumnKind.Utf8, string text) => Encoding.UTF8.GetBytes(text),
        _ => throw new ArgumentException(
            $"Column {column.Name} ({column.Kind}) cannot be filtered by a {value.GetType().Name}."),
    };

    // 0 where the two cannot be told apart, and where a bound is NaN, which some writers state.
    int Compare(byte[] bound, object value)
    {
        if (value is byte[] text)
            return bound.AsSpan().SequenceCompareTo(text);
        return (StoredForms.Bound(stored, bound), value) switch
        {
            (double left, double right) => left < right ? -1 : left > right ? 1 : 0,
            (int left, long right) => ((long)left).CompareTo(right),
            (long left, long right) => left.CompareTo(right),
            (bool left, bool right) => left.CompareTo(right),
            (Int128 left, Int128 right) => left.CompareTo(right),
            _ => 0,
        };
    }
}
