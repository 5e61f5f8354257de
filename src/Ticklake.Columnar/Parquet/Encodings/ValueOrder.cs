using System.Buffers.Binary;

namespace Ticklake.Columnar.Parquet.Encodings;

/// <summary>Compares two values of a column in their PLAIN form, in the order Parquet defines for the kind.</summary>
static class ValueOrder
{
    public static int Compare(ColumnKind kind, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => kind switch
    {
        ColumnKind.Boolean => left[0].CompareTo(right[0]),
        ColumnKind.Int32 => BinaryPrimitives.ReadInt32LittleEndian(left)
            .CompareTo(BinaryPrimitives.ReadInt32LittleEndian(right)),
        ColumnKind.Double => BinaryPrimitives.ReadDoubleLittleEndian(left)
            .CompareTo(BinaryPrimitives.ReadDoubleLittleEndian(right)),
        ColumnKind.Decimal => BinaryPrimitives.ReadInt128BigEndian(left)
            .CompareTo(BinaryPrimitives.ReadInt128BigEndian(right)),
        ColumnKind.Utf8 => left.SequenceCompareTo(right),
        _ => BinaryPrimitives.ReadInt64LittleEndian(left).CompareTo(BinaryPrimitives.ReadInt64LittleEndian(right)),
    };
}
