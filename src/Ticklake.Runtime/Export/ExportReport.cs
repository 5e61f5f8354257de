namespace Ticklake.Runtime.Export;

/// <summary>A file that an export wrote.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Rows">Its lines, the heading not counted.</param>
public sealed record ExportedFile(string Path, long Rows);

/// <summary>What an export did, and what it left out.</summary>
public sealed record ExportReport
{
    public List<ExportedFile> Files { get; } = [];

    public long Rows => Files.Sum(f => f.Rows);

    /// <summary>Declared holes of the exported streams within the time asked for.</summary>
    public long GapsCrossed { get; set; }

    /// <summary>Book updates between a hole (or the beginning) and the next snapshot: they belong to no known book.</summary>
    public long UpdatesLeftOut { get; set; }

    /// <summary>Trades of the list that an exchange repeats at each subscription.</summary>
    public long ListedTradesLeftOut { get; set; }

    /// <summary>Rows whose receive time stepped back: they were given the time before, so that files are sorted.</summary>
    public long TimesHeld { get; set; }

    /// <summary>Frames of a planned replacement that the connection before it had brought.</summary>
    public long RepetitionsLeftOut { get; set; }

    /// <summary>Frames that the format has no place for: of no symbol, binary, or no JSON.</summary>
    public long FramesLeftOut { get; set; }

    /// <summary>Stored numbers of the segments read that are not exactly what the exchange sent.</summary>
    public long InexactValues { get; set; }

    /// <summary>What else a user should know.</summary>
    public List<string> Notes { get; } = [];
}
