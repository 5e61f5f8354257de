namespace Ticklake.Runtime.Journal;

/// <summary>
/// What a REST answer in the journal was asked for, where that is not its usual purpose: said by a fragment behind the path,
/// which is part of no request, so that a line needs no other to be understood.
/// </summary>
static class AnswerMark
{
    /// <summary>The snapshot is to be compared with the live book, not to replace it.</summary>
    public const string Comparison = "#reconcile";

    static ReadOnlySpan<byte> ComparisonUtf8 => "#reconcile"u8;

    public static bool IsComparison(ReadOnlySpan<byte> path) => path.EndsWith(ComparisonUtf8);
}
