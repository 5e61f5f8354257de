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
/// <remarks>
/// A person's own files may lie in the data folder. Ours are manifests that can be read, wherever they lie; of the rest,
/// what has a path that one of the lake's layouts gives and, where its format tells, says inside that it is ours.
/// </remarks>
public sealed class SegmentRecovery(string dataFolder, IFileSystem files, SegmentCatalog catalog)
{
    // The first letters of our key-value metadata (SegmentMetadata), which Parquet and Arrow files hold as plain text.
    static readonly byte[] Signature = [.. "ticklake."u8];

    readonly SegmentFolders _folders = new(dataFolder, SegmentLayout.Daily, files, catalog);
    readonly KnownLayouts _known = new(dataFolder, files);
    readonly List<string> _removed = [];
    readonly List<string> _unsealed = [];
    readonly List<string> _catalogued = [];

    /// <param name="layout">What segments will lie by from now on, or null for a preset.</param>
    public RecoveryReport Run(SegmentLayout? layout = null)
    {
        catalog.Load();
        if (layout is not null)
            _known.Note(layout);
        var paths = files.Files(dataFolder)
            .Select(path => path.Replace('\\', '/')[(dataFolder.Length + 1)..])
            .ToHashSet();
        var temporaries = paths.Where(_known.AreTemporary).Select(TemporaryPart).Distinct();
        foreach (var temporary in temporaries.Order(StringComparer.Ordinal))
        {
            files.Delete($"{dataFolder}/{temporary}");
            _removed.Add(temporary);
        }

        paths.RemoveWhere(IsTemporary);
        foreach (var manifest in paths.Where(SegmentFolders.IsManifest).Order(StringComparer.Ordinal).ToArray())
            Restore(manifest, paths);
        foreach (var manifest in catalog.Gone.Where(paths.Contains).Order(StringComparer.Ordinal))
            Remove(manifest, paths);
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

    bool IsOrphan(string path, HashSet<string> paths) =>
        _known.AreFile(path)
        && !paths.Contains(SegmentFolders.ManifestOf(path))
        && !paths.Contains(path[..(path.LastIndexOf('/') + 1)] + SegmentFolders.ManifestName)
        && IsOurs(path);

    // Other recorders' archives have paths like those of ours.
    bool IsOurs(string path) =>
        (!path.EndsWith(".parquet", StringComparison.Ordinal) && !path.EndsWith(".arrow", StringComparison.Ordinal))
        || files.Read($"{dataFolder}/{path}").AsSpan().IndexOf(Signature) >= 0;

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
            if (!_known.AreManifest(manifest))
                return;
            // What it sealed is unknown, so it cannot count as sealed: the rows are derived again.
            Unseal(manifest);
            paths.Remove(manifest);
        }
    }

    /// <summary>A segment that another replaced or that was given up, which a crash kept from being removed.</summary>
    void Remove(string manifest, HashSet<string> paths)
    {
        try
        {
            var gone = catalog.ReadManifest(manifest);
            _folders.Remove(gone);
            paths.Remove(gone.FilePath);
            paths.ExceptWith(gone.Manifest.SideFiles.Select(side => gone.Beside(side.Name)));
        }
        catch (InvalidDataException)
        {
            // What lies beside it cannot be known; it counts as unfinished and is told.
            Unseal(manifest);
        }

        paths.Remove(manifest);
        _removed.Add(manifest);
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
