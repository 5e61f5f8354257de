namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>How column kinds map to Parquet's physical types.</summary>
static class ColumnTypes
{
    /// <summary>Digits of a decimal, all and after the point; both are part of its type.</summary>
    public const int DecimalPrecision = 38;

    public const int DecimalScale = 18;

    /// <summary>A decimal is a big-endian two's complement of so many bytes.</summary>
    public const int DecimalBytes = 16;

    public static PhysicalType PhysicalOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Boolean => PhysicalType.Boolean,
        ColumnKind.Int32 => PhysicalType.Int32,
        ColumnKind.Int64 or ColumnKind.TimestampMicros => PhysicalType.Int64,
        ColumnKind.Double => PhysicalType.Double,
        ColumnKind.Utf8 => PhysicalType.ByteArray,
        ColumnKind.Decimal => PhysicalType.FixedLengthByteArray,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such column kind."),
    };
}
