namespace Ticklake.Runtime.Journal;

/// <summary>The sessions in <c>{data}/journal</c>, found by their files' first lines.</summary>
public static class JournalFolder
{
    public const string Name = "journal";

    /// <summary>Stands in the folder of a session whose journal was deleted on purpose; files left there are no journals.</summary>
    public const string RetiredNote = "retired.json";

    /// <summary>Every session, in the order of their beginnings; files that are no journals are passed over.</summary>
    public static IReadOnlyList<JournalSession> Sessions(string dataDirectory) =>
        [.. Group(Files(dataDirectory))];

    /// <summary>The one session of the files of a folder, or null where they are not just that.</summary>
    public static JournalSession? SessionOf(string dataDirectory, IReadOnlyList<string> paths)
    {
        var files = paths.Select(x => Open(x, Path.GetRelativePath(dataDirectory, x).Replace('\\', '/'))).OfType<JournalFileEntry>();
        return Group(files).ToList() is [var session] && session.Files.Count == paths.Count ? session : null;
    }

    static IOrderedEnumerable<JournalSession> Group(IEnumerable<JournalFileEntry> files) =>
        files.GroupBy(x => (x.Header.Market, x.Header.ConnId))
            .Select(x => new JournalSession(
                x.Key.Market, x.Key.ConnId,
                [.. x.OrderBy(y => y.Header.Part).ThenBy(y => y.RelativePath, StringComparer.Ordinal)]))
            // The clock may have been set back between two sessions; what the second omits stands in the first.
            .OrderBy(x => x.Header.Order)
            .ThenBy(x => x.Begin)
            .ThenBy(x => x.Files[0].RelativePath, StringComparer.Ordinal);

    /// <summary>Every journal file, in the order of its path.</summary>
    public static IEnumerable<JournalFileEntry> Files(string dataDirectory)
    {
        foreach (var (full, relative) in Paths(dataDirectory))
        {
            if (Open(full, relative) is { } entry)
                yield return entry;
        }
    }

    /// <summary>Where journal files are, in the order of their paths, whether they can be read or not.</summary>
    public static IEnumerable<(string Full, string Relative)> Paths(string dataDirectory)
    {
        var root = Path.Combine(dataDirectory, Name);
        if (!Directory.Exists(root))
            return [];
        return Directory.EnumerateFiles(root, "*.jsonl.zst", SearchOption.AllDirectories)
            .Where(x => !File.Exists(Path.Combine(Path.GetDirectoryName(x)!, RetiredNote)))
            .Select(x => (Full: x, Relative: Path.GetRelativePath(dataDirectory, x).Replace('\\', '/')))
            .OrderBy(x => x.Relative, StringComparer.Ordinal);
    }

    /// <summary>
    /// What a file's first line says, or null where it has none (an empty file of a recorder killed at once).
    /// </summary>
    public static JournalFileEntry? Open(string fullPath, string relativePath)
    {
        using var reader = new JournalReader(fullPath);
        if (!reader.TryRead(out var line) || !JournalHeader.TryParse(line, out var header))
            return null;
        return new JournalFileEntry(fullPath, relativePath, header!, line.Time, new FileInfo(fullPath).Length);
    }
}
