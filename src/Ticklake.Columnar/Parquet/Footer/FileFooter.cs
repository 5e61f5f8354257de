namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>What a file's footer says, as far as it can be read here.</summary>
sealed record FileFooter(
    IReadOnlyList<ColumnSchema> Schema,
    IReadOnlyList<RowGroupRecord> RowGroups,
    IReadOnlyList<KeyValuePair<string, string>> Metadata,
    string CreatedBy,
    long RowCount);
