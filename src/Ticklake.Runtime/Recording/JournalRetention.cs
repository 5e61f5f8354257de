using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Replay;

namespace Ticklake.Runtime.Recording;

/// <summary>
/// Deletes journals that have served: every row of their session is sealed, as its note says, and the time to keep them has
/// passed. The note itself stays: it is what the next session goes on from. One thread.
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
        var deleted = new List<string>();
        foreach (var note in Directory.EnumerateFiles(root, SessionMarker.FileName, SearchOption.AllDirectories).ToList())
        {
            var files = Directory.GetFiles(Path.GetDirectoryName(note)!, "*.jsonl.zst");
            // A session is kept or dropped as a whole: half of one cannot be checked against its books.
            if (files.Length > 0 && files.All(file => now - File.GetLastWriteTimeUtc(file) > keep))
                deleted.AddRange(files.Where(TryDelete));
        }

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
