namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>What a file's footer says, as far as it can be read here; each row group has one chunk a column.</summary>
sealed record FileFooter(
    FileSchema Schema,
    IReadOnlyList<RowGroupRecord> RowGroups,
    IReadOnlyList<KeyValuePair<string, string>> Metadata,
    string CreatedBy,
    long RowCount);
