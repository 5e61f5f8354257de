namespace Ticklake.Runtime.Import;

/// <summary>What an import found.</summary>
/// <param name="Sessions">The sessions written, in order.</param>
/// <param name="Received">Frames received, oddities included.</param>
/// <param name="Sent">Frames the other recorder sent.</param>
/// <param name="Answers">REST answers.</param>
/// <param name="OddityCount">Lines that were not understood; they are kept as received text.</param>
/// <param name="Oddities">The first of them.</param>
public sealed record ImportReport(
    IReadOnlyList<ImportedSession> Sessions,
    long Received,
    long Sent,
    long Answers,
    long OddityCount,
    IReadOnlyList<ImportOddity> Oddities);

/// <summary>One session that an import wrote.</summary>
/// <param name="ConnId">Its name.</param>
/// <param name="RelativePath">Its journal, <c>journal/…</c>.</param>
/// <param name="Lines">Lines of the journal.</param>
public sealed record ImportedSession(string ConnId, string RelativePath, long Lines);

/// <summary>A line of a recording that was not understood.</summary>
/// <param name="File">The source file's name.</param>
/// <param name="Line">Its line or message number there.</param>
/// <param name="What">What was expected.</param>
public sealed record ImportOddity(string File, long Line, string What);
