namespace Ticklake.Stores.Segments;

/// <summary>Why a segment ended, as its manifest says.</summary>
public static class EndReasons
{
    /// <summary>The hour was over.</summary>
    public const string Hour = "hour";

    /// <summary>The day was over.</summary>
    public const string Day = "day";

    /// <summary>The configured age was reached.</summary>
    public const string Age = "age";

    public const string Size = "size";

    /// <summary>A person asked for it.</summary>
    public const string Flush = "flush";

    public const string Shutdown = "shutdown";

    /// <summary>A replay or an import came to its end.</summary>
    public const string EndOfJournal = "end_of_journal";

    /// <summary>It was made of segments that ended before.</summary>
    public const string Compacted = "compacted";

    internal static string Of(TimeSpan span) =>
        span == TimeSpan.FromHours(1) ? Hour : span == TimeSpan.FromDays(1) ? Day : Age;
}
