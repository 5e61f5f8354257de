using System.Text;

namespace Ticklake.Columnar;

/// <summary>One column of one row group, in memory.</summary>
public abstract class ColumnValues(ColumnSchema column, int count, bool[]? isNull)
{
    public ColumnSchema Column { get; } = column;

    public int Count { get; } = count;

    /// <summary>One flag a row; empty where no row is null.</summary>
    public ReadOnlySpan<bool> NullFlags => isNull;

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

    protected abstract object ValueAt(int row);
}

/// <summary>
/// A column of <see cref="bool"/>, <see cref="int"/>, <see cref="long"/>, <see cref="double"/> or <see cref="Int128"/>.
/// </summary>
public sealed class FixedValues<T> : ColumnValues
    where T : unmanaged
{
    readonly T[] _values;

    internal FixedValues(ColumnSchema column, T[] values, bool[]? isNull)
        : base(column, values.Length, isNull) => _values = values;

    /// <summary>One value a row; that of a null row is the type's zero.</summary>
    public ReadOnlySpan<T> Values => _values;

    protected override object ValueAt(int row) => _values[row];
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
}

/// <summary>Where a text lies among the bytes of its column; texts of a dictionary share theirs.</summary>
readonly record struct TextPlace(int Start, int Length);
