using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Selection;

/// <summary>What a rule has come to.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Symbols">The symbols it selects, in order: by rank where it ranks, else by name.</param>
/// <param name="Streams">The streams wanted of them.</param>
/// <param name="Fault">What it lacks: a list, volumes, a symbol that the exchange refuses; null if nothing.</param>
public sealed record RuleSelection(
    SelectionRule Rule, IReadOnlyList<string> Symbols, IReadOnlyList<StreamKey> Streams, string? Fault);
