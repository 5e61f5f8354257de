namespace Ticklake.Runtime.Coverage;

/// <summary>A stream's time in one session.</summary>
/// <param name="Session">The session.</param>
/// <param name="FromUs">From when on the exchange would have sent what there was.</param>
/// <param name="ToUs">Until when, as far as rows are sealed.</param>
/// <param name="IsGivenUp">It ended because the recorder wanted the stream no more.</param>
sealed record Carriage(SessionLife Session, long FromUs, long ToUs, bool IsGivenUp)
{
    public Span Span => new(FromUs, Math.Max(FromUs, ToUs));
}

/// <summary>A time of which nothing can be said, and why.</summary>
sealed record UnknownTime(Span Span, string Reason);
