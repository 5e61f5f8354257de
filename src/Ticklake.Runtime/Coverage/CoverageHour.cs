using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Coverage;

/// <summary>What is known of one stream in one hour.</summary>
/// <param name="HourUs">When the hour begins.</param>
/// <param name="Verdict">What is said of it.</param>
/// <param name="Recorded">From when to when anything is said.</param>
public sealed record CoverageHour(long HourUs, CoverageVerdict Verdict, Span Recorded)
{
    /// <summary>Why it is not recorded, or what else is to be known; may be empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Holes that touch it, cut at its bounds.</summary>
    public IReadOnlyList<CoverageHole> Holes { get; init; } = [];

    /// <summary>Null where segments of several hours are not there to be counted.</summary>
    public long? Rows { get; init; } = 0;

    public long? FirstSeq { get; init; }

    public long? LastSeq { get; init; }

    /// <summary>Of the segments that begin in the hour: a manifest does not say when a checksum came.</summary>
    public long ChecksumsOk { get; init; }

    public long ChecksumsMismatched { get; init; }

    /// <summary>Segments with rows of the hour.</summary>
    public IReadOnlyList<CatalogEntry> Files { get; init; } = [];

    public bool IsWhole => Recorded == new Span(HourUs, HourUs + Span.Hour);

    public char Letter => Verdict.Letter(IsWhole);
}
