namespace Ticklake.Stores.Segments;

/// <summary>
/// Journal lines whose rows of one stream are all in one segment, lines without such rows included.
/// </summary>
/// <param name="File">The journal file, relative to the data folder.</param>
/// <param name="FirstLine">Line of the first row.</param>
/// <param name="LastLine">Line of the last row.</param>
/// <param name="Rows">Rows that came from them.</param>
public sealed record JournalRange(string File, long FirstLine, long LastLine, long Rows);

/// <summary>Lines from <paramref name="First"/> to <paramref name="Last"/>, both included.</summary>
public readonly record struct LineRange(long First, long Last)
{
    public bool Contains(long line) => line >= First && line <= Last;
}
