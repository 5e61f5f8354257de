namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>How column kinds map to Parquet's physical types.</summary>
static class ColumnTypes
{
    public static PhysicalType PhysicalOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Boolean => PhysicalType.Boolean,
        ColumnKind.Int32 => PhysicalType.Int32,
        ColumnKind.Int64 or ColumnKind.TimestampMicros => PhysicalType.Int64,
        ColumnKind.Double => PhysicalType.Double,
        ColumnKind.Utf8 => PhysicalType.ByteArray,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such column kind."),
    };
}
