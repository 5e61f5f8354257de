using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Replay;

namespace Ticklake.Runtime.Recording;

/// <summary>
/// Deletes journals that have served: every row of their session is sealed, as its note says, and the time to keep them has
/// passed. What the next session goes on from stays, in <see cref="RetiredSession"/>. One thread.
/// </summary>
public static class JournalRetention
{
    /// <summary>The files deleted, by full path. A file that cannot be deleted is tried again next time.</summary>
    /// <param name="dataDirectory">The lake.</param>
    /// <param name="keep">How long a journal file is kept after its last write.</param>
    /// <param name="now">The present.</param>
    public static IReadOnlyList<string> Apply(string dataDirectory, TimeSpan keep, DateTimeOffset now)
    {
        var root = Path.Combine(dataDirectory, JournalFolder.Name);
        if (!Directory.Exists(root))
            return [];
        foreach (var note in Directory.EnumerateFiles(root, SessionMarker.FileName, SearchOption.AllDirectories).ToList())
            RetireIfOld(dataDirectory, Path.GetDirectoryName(note)!, keep, now);
        var deleted = new List<string>();
        foreach (var note in Directory.EnumerateFiles(root, JournalFolder.RetiredNote, SearchOption.AllDirectories).ToList())
            deleted.AddRange(DeleteIn(Path.GetDirectoryName(note)!));

        return deleted;
    }

    /// <summary>
    /// Finished sessions whose journals together have so many bytes, those last written to first gone; all where they have not.
    /// </summary>
    public static IReadOnlyList<FinishedJournal> Oldest(string dataDirectory, long bytes)
    {
        var root = Path.Combine(dataDirectory, JournalFolder.Name);
        if (!Directory.Exists(root))
            return [];
        var sessions = Directory.EnumerateFiles(root, SessionMarker.FileName, SearchOption.AllDirectories)
            .Select(note => FinishedJournal.Of(dataDirectory, Path.GetDirectoryName(note)!)).Where(session => session.Bytes > 0)
            .OrderBy(session => session.LastWrite);
        var chosen = new List<FinishedJournal>();
        foreach (var session in sessions)
        {
            if (bytes <= 0)
                break;
            chosen.Add(session);
            bytes -= session.Bytes;
        }

        return chosen;
    }

    /// <summary>Deletes a finished session's journal; the files deleted, by full path, and the bytes they had.</summary>
    public static (IReadOnlyList<string> Files, long Bytes) Retire(
        string dataDirectory, FinishedJournal session, DateTimeOffset now)
    {
        RetireIfOld(dataDirectory, session.Folder, TimeSpan.Zero, now);
        if (!File.Exists(Path.Combine(session.Folder, JournalFolder.RetiredNote)))
            return ([], 0);
        return (DeleteIn(session.Folder), session.Bytes);
    }

    // A session is kept or dropped as a whole: half of one cannot be checked against its books.
    static void RetireIfOld(string dataDirectory, string folder, TimeSpan keep, DateTimeOffset now)
    {
        if (File.Exists(Path.Combine(folder, JournalFolder.RetiredNote)))
            return;
        var files = Directory.GetFiles(folder, "*.jsonl.zst");
        if (files.Length == 0 || files.Any(file => now - File.GetLastWriteTimeUtc(file) <= keep))
            return;
        // Without its first line nobody would know what the note is about.
        if (JournalFolder.SessionOf(dataDirectory, files) is not { } session || SessionMarker.Find(session) is not { } marker)
            return;
        try
        {
            RetiredSession.Of(session, marker, now).Write(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The journal stays until the disk takes the note.
        }
    }

    /// <summary>The files of a retired session that could be deleted; its note of retirement stays.</summary>
    static List<string> DeleteIn(string folder)
    {
        List<string> deleted = [.. Directory.GetFiles(folder, "*.jsonl.zst").Where(TryDelete)];
        TryDelete(Path.Combine(folder, SessionMarker.FileName));
        return deleted;
    }

    static bool TryDelete(string file)
    {
        try
        {
            File.Delete(file);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
