namespace Ticklake.Runtime.Replay;

/// <summary>Something in a lake that is not as the journals, the manifests or the catalogue say.</summary>
/// <param name="Place">The file, relative to the lake.</param>
/// <param name="What">What is wrong, for a person.</param>
public sealed record LakeDifference(string Place, string What)
{
    /// <summary>1-based row of a segment, or null where no single row is meant.</summary>
    public long? Row { get; init; }

    public string? Column { get; init; }

    /// <summary>The value in the segment.</summary>
    public string? Stored { get; init; }

    /// <summary>The value that the journal gives.</summary>
    public string? Derived { get; init; }

    /// <summary>The journal line, <c>file:line</c>.</summary>
    public string? Journal { get; init; }

    public override string ToString() =>
        $"{Place}{(Row is { } row ? FormattableString.Invariant($": row {row}") : "")}"
        + $"{(Column is null ? "" : $", column {Column}")}: {What}{(Journal is null ? "" : $" ({Journal})")}";
}

/// <summary>What a verification looked at and found. Filled by one thread.</summary>
public sealed record VerificationReport
{
    /// <summary>Differences that are told of each file; the rest is counted.</summary>
    public const int ToldPerPlace = 3;

    readonly List<LakeDifference> _differences = [];
    readonly List<string> _notes = [];
    readonly Dictionary<string, int> _told = [];

    public int Segments { get; internal set; }

    public long SegmentRows { get; internal set; }

    public long SegmentBytes { get; internal set; }

    public int Sessions { get; internal set; }

    public long JournalLines { get; internal set; }

    /// <summary>Rows that the journals yield.</summary>
    public long DerivedRows { get; internal set; }

    /// <summary>Rows that no segment holds yet because a recorder is at work.</summary>
    public long PendingRows { get; internal set; }

    /// <summary>Rows whose journals are gone.</summary>
    public long UnverifiableRows { get; internal set; }

    /// <summary>A recorder was at work meanwhile.</summary>
    public bool IsRecording { get; internal set; }

    public bool IsRight => DifferenceCount == 0;

    public long DifferenceCount { get; private set; }

    /// <summary>The first few of each file.</summary>
    public IReadOnlyList<LakeDifference> Differences => _differences;

    /// <summary>What is worth knowing and no fault.</summary>
    public IReadOnlyList<string> Notes => _notes;

    internal void Add(LakeDifference difference)
    {
        DifferenceCount++;
        var told = _told.GetValueOrDefault(difference.Place);
        _told[difference.Place] = told + 1;
        if (told < ToldPerPlace)
            _differences.Add(difference);
    }

    internal void Add(string place, string what) => Add(new LakeDifference(place, what));

    internal void Note(string note) => _notes.Add(note);
}
