namespace Ticklake.Runtime.Coverage;

/// <summary>What is said of a stream and an hour: <c>docs/format/coverage.md</c>.</summary>
public enum CoverageVerdict : byte
{
    /// <summary>Nothing shows that the stream was recorded, or that it was recorded wholly.</summary>
    NotRecorded,

    /// <summary>Recorded without a hole; there are rows.</summary>
    Complete,

    /// <summary>Recorded without a hole; there was nothing to record.</summary>
    KnownEmpty,

    /// <summary>Something is missing.</summary>
    Gap,
}

/// <summary>The verdicts' written forms.</summary>
public static class CoverageVerdicts
{
    public static string Name(this CoverageVerdict verdict) => verdict switch
    {
        CoverageVerdict.Complete => "complete",
        CoverageVerdict.KnownEmpty => "known empty",
        CoverageVerdict.Gap => "gap",
        _ => "not recorded",
    };

    /// <summary>One letter; a small one where only a part of the hour was recorded.</summary>
    public static char Letter(this CoverageVerdict verdict, bool isWhole) => verdict switch
    {
        CoverageVerdict.Complete => isWhole ? 'C' : 'c',
        CoverageVerdict.KnownEmpty => isWhole ? 'E' : 'e',
        CoverageVerdict.Gap => isWhole ? 'G' : 'g',
        _ => '-',
    };
}
