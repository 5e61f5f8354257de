namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>What the footer says of one row group.</summary>
sealed record RowGroupRecord(long RowCount, IReadOnlyList<ColumnChunkRecord> Columns);
