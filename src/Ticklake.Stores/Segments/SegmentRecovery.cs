namespace Ticklake.Stores.Segments;

/// <summary>What a start found and put right.</summary>
/// <param name="TemporaryRemoved">Unfinished files and folders that were removed.</param>
/// <param name="Unsealed">Finished files without a manifest, by their new names; their rows will be derived
/// again.</param>
/// <param name="Catalogued">Sealed segments the catalogue had lost.</param>
public sealed record RecoveryReport(
    IReadOnlyList<string> TemporaryRemoved,
    IReadOnlyList<string> Unsealed,
    IReadOnlyList<string> Catalogued);

/// <summary>
/// Puts the segments' folders right after a crash: once, at start, before any segment is opened. Afterwards the
/// catalogue knows every sealed segment, and nothing else looks like one.
/// </summary>
public sealed class SegmentRecovery(string dataFolder, IFileSystem files, SegmentCatalog catalog)
{
    // Every layout has such a folder; files elsewhere are not ours to touch.
    const string DayFolder = "/dt=";

    readonly SegmentFolders _folders = new(dataFolder, SegmentLayout.Daily, files);
    readonly List<string> _removed = [];
    readonly List<string> _unsealed = [];
    readonly List<string> _catalogued = [];

    public RecoveryReport Run()
    {
        catalog.Load();
        var paths = files.Files(dataFolder)
            .Select(path => path.Replace('\\', '/')[(dataFolder.Length + 1)..])
            .Where(path => path.Contains(DayFolder, StringComparison.Ordinal))
            .ToHashSet();
        var temporaries = paths.Where(IsTemporary).Select(TemporaryPart).Distinct();
        foreach (var temporary in temporaries.Order(StringComparer.Ordinal))
        {
            files.Delete($"{dataFolder}/{temporary}");
            _removed.Add(temporary);
        }

        paths.RemoveWhere(IsTemporary);
        foreach (var manifest in paths.Where(SegmentFolders.IsManifest).Order(StringComparer.Ordinal).ToArray())
            Restore(manifest, paths);
        foreach (var file in paths.Where(path => IsOrphan(path, paths)).Order(StringComparer.Ordinal).ToArray())
            Unseal(file);
        return new RecoveryReport(_removed, _unsealed, _catalogued);
    }

    /// <summary>A path with a component that only an open segment has.</summary>
    internal static bool IsTemporary(string path) => path.Split('/').Any(IsTemporaryName);

    static bool IsTemporaryName(string name) =>
        name.StartsWith('.') && name.EndsWith(SegmentFolders.TempSuffix, StringComparison.Ordinal);

    static string TemporaryPart(string path)
    {
        var parts = path.Split('/');
        return string.Join('/', parts[..(Array.FindIndex(parts, IsTemporaryName) + 1)]);
    }

    static bool IsOrphan(string path, HashSet<string> paths) =>
        SegmentFormat.OfName(path) is not null
        && !paths.Contains(SegmentFolders.ManifestOf(path))
        && !paths.Contains(path[..(path.LastIndexOf('/') + 1)] + SegmentFolders.ManifestName);

    void Restore(string manifest, HashSet<string> paths)
    {
        if (catalog.Knows(manifest))
            return;
        try
        {
            var entry = catalog.ReadManifest(manifest);
            SyncNames(manifest);
            catalog.Add(entry);
            _catalogued.Add(manifest);
        }
        catch (InvalidDataException)
        {
            // What it sealed is unknown, so it cannot count as sealed: the rows are derived again.
            Unseal(manifest);
            paths.Remove(manifest);
        }
    }

    /// <summary>
    /// A process that died before this made its names durable would let a power cut take the segment and leave the
    /// catalogue's line, which says that there is nothing to derive again. A sealed folder's name is in the one above.
    /// </summary>
    void SyncNames(string manifest)
    {
        var folder = $"{dataFolder}/{manifest[..manifest.LastIndexOf('/')]}";
        files.SyncFolder(folder);
        files.SyncFolder(folder[..folder.LastIndexOf('/')]);
    }

    void Unseal(string file) => _unsealed.Add(_folders.Relative(_folders.Unseal($"{dataFolder}/{file}")));
}
