namespace Ticklake.Runtime.Journal;

/// <summary>The sessions in <c>{data}/journal</c>, found by their files' first lines.</summary>
public static class JournalFolder
{
    public const string Name = "journal";

    /// <summary>Every session, in the order of their beginnings; files that are no journals are passed over.</summary>
    public static IReadOnlyList<JournalSession> Sessions(string dataDirectory) =>
        [.. Files(dataDirectory)
            .GroupBy(x => (x.Header.Market, x.Header.ConnId))
            .Select(x => new JournalSession(
                x.Key.Market, x.Key.ConnId,
                [.. x.OrderBy(y => y.Header.Part).ThenBy(y => y.RelativePath, StringComparer.Ordinal)]))
            // The clock may have been set back between two sessions; what the second omits stands in the first.
            .OrderBy(x => x.Header.Order)
            .ThenBy(x => x.Begin)
            .ThenBy(x => x.Files[0].RelativePath, StringComparer.Ordinal)];

    /// <summary>Every journal file, in the order of its path.</summary>
    public static IEnumerable<JournalFileEntry> Files(string dataDirectory)
    {
        var root = Path.Combine(dataDirectory, Name);
        if (!Directory.Exists(root))
            yield break;
        var paths = Directory.EnumerateFiles(root, "*.jsonl.zst", SearchOption.AllDirectories)
            .Select(x => (Full: x, Relative: Path.GetRelativePath(dataDirectory, x).Replace('\\', '/')))
            .OrderBy(x => x.Relative, StringComparer.Ordinal);
        foreach (var (full, relative) in paths)
        {
            if (Open(full, relative) is { } entry)
                yield return entry;
        }
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
