namespace Ticklake.Columnar.Arrow.Messages;

/// <summary>What a file's footer says: its schema, and where dictionaries and record batches lie.</summary>
sealed record FileFooter(
    FileSchema Schema, IReadOnlyList<FileBlock> Dictionaries, IReadOnlyList<FileBlock> RecordBatches);
