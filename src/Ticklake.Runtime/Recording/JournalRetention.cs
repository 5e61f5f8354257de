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
        {
            var folder = Path.GetDirectoryName(note)!;
            deleted.AddRange(Directory.GetFiles(folder, "*.jsonl.zst").Where(TryDelete));
            TryDelete(Path.Combine(folder, SessionMarker.FileName));
        }

        return deleted;
    }

    /// <summary>
    /// Deletes the journals of the sessions that were last written to, the oldest first, until so many bytes are free;
    /// those that were not finished stay, and so do those that the disk does not let go.
    /// </summary>
    /// <returns>The files deleted, by full path, and the bytes they had.</returns>
    public static (IReadOnlyList<string> Files, long Bytes) ApplyOldest(string dataDirectory, long bytes, DateTimeOffset now)
    {
        var root = Path.Combine(dataDirectory, JournalFolder.Name);
        if (!Directory.Exists(root))
            return ([], 0);
        var sessions = Directory.EnumerateFiles(root, SessionMarker.FileName, SearchOption.AllDirectories)
            .Select(note => Path.GetDirectoryName(note)!)
            .Select(folder => (Folder: folder, Files: Directory.GetFiles(folder, "*.jsonl.zst")))
            .Where(session => session.Files.Length > 0)
            .OrderBy(session => session.Files.Max(File.GetLastWriteTimeUtc)).ToList();
        var deleted = new List<string>();
        long freed = 0;
        foreach (var (folder, files) in sessions)
        {
            if (freed >= bytes)
                break;
            var size = files.Sum(file => new FileInfo(file).Length);
            RetireIfOld(dataDirectory, folder, TimeSpan.Zero, now);
            if (!File.Exists(Path.Combine(folder, JournalFolder.RetiredNote)))
                continue;
            deleted.AddRange(files.Where(TryDelete));
            TryDelete(Path.Combine(folder, SessionMarker.FileName));
            freed += size;
        }

        return (deleted, freed);
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
