namespace Ticklake.Columnar.Arrow.Messages;

/// <summary>The schema of a file as its footer has it.</summary>
sealed record FileSchema(IReadOnlyList<ArrowField> Fields, IReadOnlyList<KeyValuePair<string, string>> Metadata);
