namespace Ticklake.Columnar;

/// <summary>The kinds of column this library writes and reads.</summary>
public enum ColumnKind : byte
{
    Boolean,
    Int32,
    Int64,

    /// <summary>Microseconds since the Unix epoch, UTC.</summary>
    TimestampMicros,
    Double,
    Utf8,

    /// <summary>Exact decimals of 38 digits, 18 of them after the point; an Int128 counts the units of 10^-18.</summary>
    Decimal,
}

/// <summary>One column of a file: its name, kind, and whether it may hold nulls.</summary>
public sealed record ColumnSchema(string Name, ColumnKind Kind, bool IsNullable = false);
