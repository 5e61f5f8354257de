using Ticklake.Runtime.Journal;

namespace Ticklake.Runtime.Replay;

/// <summary>
/// Whether a session that was opened to replace another one did (adr/0003). One that was given up while the other went on
/// repeats what that one recorded: it is kept in the journal and makes no rows.
/// </summary>
public static class StandbyVerdict
{
    /// <summary>The occurrence that says so at the end of its journal.</summary>
    public const string Dropped = "standby_dropped";

    /// <summary>The occurrence where its lines begin to be processed live.</summary>
    public const string TookOver = "took_over";

    /// <summary>Reads as far as the verdict, which is near the beginning where the session took over.</summary>
    public static bool WasDropped(JournalSession session)
    {
        if (session.Header.Follows is null)
            return false;
        foreach (var file in session.Files)
        {
            using var reader = new JournalReader(file.FullPath);
            while (reader.TryRead(out var line))
            {
                if (line.Kind != JournalLineKind.Occurrence)
                    continue;
                if (line.Occurrence.SequenceEqual("took_over"u8))
                    return false;
                if (line.Occurrence.SequenceEqual("standby_dropped"u8))
                    return true;
            }
        }

        return false;
    }
}
