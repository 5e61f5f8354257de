using System.Buffers.Binary;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Reading;

/// <summary>
/// Turns numbers as they are stored into those of their column: floats, unsigned integers, other times.
/// </summary>
static class StoredForms
{
    const long MicrosPerDay = 86_400_000_000;

    public static ColumnValues ToColumn(StoredColumn stored, ColumnValues values) => (stored.Type, stored.Form) switch
    {
        (PhysicalType.Float, _) => Map<float, double>(values, value => value),
        (PhysicalType.Int32, not ValueForm.AsIs) => Map<int, long>(values, value => ToColumn(stored.Form, value)),
        (PhysicalType.Int64, not ValueForm.AsIs) => Map<long, long>(values, value => ToColumn(stored.Form, value)),
        _ => values,
    };

    /// <summary>
    /// A bound in PLAIN form, as <see cref="ColumnValues"/> gives values other than texts; null where the column's kind
    /// cannot express it.
    /// </summary>
    /// <exception cref="InvalidDataException">It has not the length of its type.</exception>
    public static object? Bound(StoredColumn stored, ReadOnlySpan<byte> bytes)
    {
        object value = (stored.Type, bytes.Length) switch
        {
            (PhysicalType.Boolean, 1) => bytes[0] != 0,
            (PhysicalType.Int32, 4) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            (PhysicalType.Int64, 8) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            (PhysicalType.Float, 4) => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes),
            (PhysicalType.Double, 8) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            (PhysicalType.FixedLengthByteArray, ColumnTypes.DecimalBytes) =>
                BinaryPrimitives.ReadInt128BigEndian(bytes),
            _ => throw new InvalidDataException($"A bound of a {stored.Type} column has {bytes.Length} bytes."),
        };
        if (stored.Form == ValueForm.AsIs)
            return value;
        try
        {
            return value is int small ? ToColumn(stored.Form, small) : ToColumn(stored.Form, (long)value);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            return null;
        }
    }

    static FixedValues<TTo> Map<TFrom, TTo>(ColumnValues values, Func<TFrom, TTo> map)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        var from = ((FixedValues<TFrom>)values).Values;
        var to = new TTo[from.Length];
        for (var i = 0; i < to.Length; i++)
            to[i] = map(from[i]);
        return new FixedValues<TTo>(values.Column, to, values.NullFlags.IsEmpty ? null : values.NullFlags.ToArray());
    }

    static long ToColumn(ValueForm form, int value) =>
        form == ValueForm.Unsigned ? (uint)value : ToColumn(form, (long)value);

    static long ToColumn(ValueForm form, long value) => form switch
    {
        ValueForm.Unsigned => value >= 0
            ? value
            : throw new NotSupportedException($"the unsigned number {(ulong)value} is beyond 64 bits with a sign"),
        ValueForm.Days => Times(value, MicrosPerDay),
        ValueForm.Millis => Times(value, 1000),
        ValueForm.Nanos => value % 1000 == 0
            ? value / 1000
            : throw new NotSupportedException($"a time has nanoseconds ({value}), which microseconds do not hold"),
        _ => value,
    };

    static long Times(long value, long micros) =>
        value <= long.MaxValue / micros && value >= long.MinValue / micros
            ? value * micros
            : throw new NotSupportedException("a time lies beyond what microseconds hold");
}
