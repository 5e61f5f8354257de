namespace Ticklake.Columnar.Arrow.Messages;

/// <summary>The header of a dictionary batch: whose it is, and whether it continues what came before it.</summary>
sealed record DictionaryHeader(long Id, bool IsDelta, BatchHeader Batch);
