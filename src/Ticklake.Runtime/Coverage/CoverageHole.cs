using System.Globalization;
using Ticklake.Core.Events;

namespace Ticklake.Runtime.Coverage;

/// <summary>Where something of a stream is missing.</summary>
/// <param name="FromUs">Nothing is missing before this receive time.</param>
/// <param name="ToUs">Nothing is missing behind it.</param>
/// <param name="Reason">Kind of the <c>controls</c> row that says so, or what the sessions show.</param>
public sealed record CoverageHole(long FromUs, long ToUs, string Reason)
{
    /// <summary>First number missing, or <see cref="EventStamp.None"/>.</summary>
    public long FromSeq { get; init; } = EventStamp.None;

    /// <summary>Last number missing, or <see cref="EventStamp.None"/>.</summary>
    public long ToSeq { get; init; } = EventStamp.None;

    /// <summary>Journal file and line of the finding; empty where it was concluded from the sessions.</summary>
    public string SourceFile { get; init; } = "";

    public long Line { get; init; }

    /// <summary>Where it was found, for people.</summary>
    public string Place =>
        Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{SourceFile}:{Line}") : "the sessions";

    public Span Span => new(FromUs, ToUs);

    /// <summary>The part of it that lies in an hour.</summary>
    public CoverageHole Cut(long hourUs)
    {
        var cut = Span.Cut(hourUs);
        return this with { FromUs = cut.FromUs, ToUs = cut.ToUs };
    }
}
