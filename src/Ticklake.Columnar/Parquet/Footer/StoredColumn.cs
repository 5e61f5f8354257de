namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>How a file stores a column, and as which column it is read.</summary>
/// <param name="Column">What callers see.</param>
/// <param name="Type">The physical type.</param>
/// <param name="Form">How stored numbers become the column's.</param>
/// <param name="Leaf">Which of a row group's chunks it is.</param>
sealed record StoredColumn(ColumnSchema Column, PhysicalType Type, ValueForm Form, int Leaf);

/// <summary>What stored integers count, where it is not what the column counts.</summary>
enum ValueForm
{
    AsIs,

    /// <summary>Without a sign.</summary>
    Unsigned,

    /// <summary>Days since the Unix epoch.</summary>
    Days,

    /// <summary>Milliseconds since the Unix epoch.</summary>
    Millis,

    /// <summary>Nanoseconds since the Unix epoch.</summary>
    Nanos,
}
