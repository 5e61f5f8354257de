namespace Ticklake.Columnar.Arrow;

/// <summary>What a file says of one record batch: its rows, and the bytes of its buffers in the file.</summary>
public sealed record ArrowRecordBatch(int RowCount, long BodyBytes);
