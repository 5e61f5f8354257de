namespace Ticklake.Columnar.Arrow.Messages;

/// <summary>What a batch says of one column: its rows, and how many are null (Message.fbs, FieldNode).</summary>
readonly record struct ColumnNode(long RowCount, long NullCount);
