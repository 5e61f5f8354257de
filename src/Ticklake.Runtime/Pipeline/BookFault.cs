using Ticklake.Core.Events;

namespace Ticklake.Runtime.Pipeline;

/// <summary>What a live session must do about a book.</summary>
public enum BookRemedy : byte
{
    None,

    /// <summary>Ask for a REST snapshot; updates are kept meanwhile.</summary>
    FetchSnapshot,

    /// <summary>Give the stream back and ask for it again.</summary>
    Resubscribe,
}

/// <summary>A rule that a book message broke, or (kind <c>resynced</c>) the proof that a doubted book is right again.</summary>
/// <param name="Kind">One of <see cref="IntegrityKind"/>.</param>
/// <param name="Rule">The rule as people say it.</param>
/// <param name="Expected">What it asked for.</param>
/// <param name="Seen">What came.</param>
/// <param name="Remedy">What a live session must do.</param>
public readonly record struct BookFault(string? Kind, string Rule, long Expected, long Seen, BookRemedy Remedy)
{
    public static BookFault None => default;

    public bool IsNone => Kind is null;

    /// <summary>First missing id, where ids are missing.</summary>
    public long FromSeq { get; init; } = EventStamp.None;

    public long ToSeq { get; init; } = EventStamp.None;
}
