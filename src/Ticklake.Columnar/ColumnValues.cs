using System.Text;

namespace Ticklake.Columnar;

/// <summary>One column of one row group, in memory.</summary>
public abstract class ColumnValues(ColumnSchema column, int count, bool[]? isNull)
{
    public ColumnSchema Column { get; } = column;

    public int Count { get; } = count;

    /// <summary>One flag a row; empty where no row is null.</summary>
    public ReadOnlySpan<bool> NullFlags => isNull is null ? [] : isNull.AsSpan(0, Count);

    /// <summary>
    /// The row's value: <see cref="bool"/>, <see cref="int"/>, <see cref="long"/> (of timestamps the microseconds),
    /// <see cref="double"/>, <see cref="Int128"/> (of decimals the units of 10^-18), <see cref="string"/> or null.
    /// </summary>
    public object? this[int row] => IsNull(row) ? null : ValueAt(row);

    public bool IsNull(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
        return isNull is not null && isNull[row];
    }

    /// <summary>Some of the rows, in memory of their own or in this one's.</summary>
    public ColumnValues Take(RowRanges rows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.End, Count, nameof(rows));
        return rows.Count == Count
            ? this
            : Take(rows, isNull is null ? null : Gather<bool>(isNull, rows));
    }

    protected abstract object ValueAt(int row);

    private protected abstract ColumnValues Take(RowRanges rows, bool[]? nullFlags);

    private protected static T[] Gather<T>(ReadOnlySpan<T> values, RowRanges rows)
    {
        var gathered = new T[rows.Count];
        var target = gathered.AsSpan();
        foreach (var range in rows.Ranges)
        {
            values.Slice(range.First, range.Count).CopyTo(target);
            target = target[range.Count..];
        }

        return gathered;
    }
}

/// <summary>
/// A column of <see cref="bool"/>, <see cref="int"/>, <see cref="long"/>, <see cref="double"/> or <see cref="Int128"/>.
/// </summary>
public sealed class FixedValues<T> : ColumnValues
    where T : unmanaged
{
    readonly T[] _values;

    internal FixedValues(ColumnSchema column, T[] values, bool[]? isNull)
        : this(column, values, values.Length, isNull)
    {
    }

    internal FixedValues(ColumnSchema column, T[] values, int count, bool[]? isNull)
        : base(column, count, isNull) => _values = values;

    /// <summary>One value a row; that of a null row is the type's zero.</summary>
    public ReadOnlySpan<T> Values => _values.AsSpan(0, Count);

    /// <summary>The memory the values lie in, for a reader that was told that they are no longer needed.</summary>
    internal T[] Memory => _values;

    protected override object ValueAt(int row) => _values[row];

    private protected override ColumnValues Take(RowRanges rows, bool[]? nullFlags) =>
        new FixedValues<T>(Column, Gather(Values, rows), nullFlags);
}

/// <summary>A column of texts.</summary>
public sealed class Utf8Values : ColumnValues
{
    readonly byte[] _bytes;
    readonly TextPlace[] _places;

    internal Utf8Values(ColumnSchema column, byte[] bytes, TextPlace[] places, bool[]? isNull)
        : base(column, places.Length, isNull)
    {
        _bytes = bytes;
        _places = places;
    }

    /// <summary>The row's bytes; empty where it is null.</summary>
    public ReadOnlySpan<byte> Utf8(int row) => _bytes.AsSpan(_places[row].Start, _places[row].Length);

    protected override object ValueAt(int row) => Encoding.UTF8.GetString(Utf8(row));

    private protected override ColumnValues Take(RowRanges rows, bool[]? nullFlags) =>
        new Utf8Values(Column, _bytes, Gather<TextPlace>(_places, rows), nullFlags);
}

/// <summary>Where a text lies among the bytes of its column; texts of a dictionary share theirs.</summary>
readonly record struct TextPlace(int Start, int Length);
