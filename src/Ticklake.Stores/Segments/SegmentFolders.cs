using System.Globalization;
using Ticklake.Core.Markets;

namespace Ticklake.Stores.Segments;

/// <summary>Where an open segment is written.</summary>
/// <param name="Folder">Full path of the folder that will show the sealed segment.</param>
/// <param name="TempPath">What is removed if the segment comes to nothing: the temporary file, or the temporary
/// folder.</param>
/// <param name="TempFile">The file being written.</param>
/// <param name="FileName">Its name once sealed.</param>
readonly record struct SegmentPlace(string Folder, string TempPath, string TempFile, string FileName);

/// <summary>
/// Names, commits and gives up segments on the disk: the steps of <c>docs/format/segment.md</c>, in their order. Store
/// thread only.
/// </summary>
sealed class SegmentFolders(
    string dataFolder, SegmentLayout layout, IFileSystem files, SegmentCatalog catalog, string? server = null)
{
    public const string ManifestName = "manifest.json";
    public const string ManifestSuffix = ".manifest.json";
    public const string TempSuffix = ".tmp";
    public const string UnsealedSuffix = ".unsealed";

    /// <summary>What a merged segment's name ends with, before its number.</summary>
    public const string MergedMark = "-m";

    /// <summary>Chooses a name that no segment has and makes its folder.</summary>
    public SegmentPlace Begin(StreamKey stream, long firstRecvUs, string extension)
    {
        var facts = new SegmentFacts(stream, firstRecvUs) { Extension = extension, Server = server };
        var folder = $"{dataFolder}/{layout.Folder(facts)}";
        files.CreateFolder(folder);
        if (layout.SealsFolders)
        {
            var temp = $"{folder}/.{layout.SegmentFolder(facts)}{TempSuffix}";
            files.Delete(temp);
            files.CreateFolder(temp);
            var part = layout.FileName(facts);
            // No *.parquet must find it before it is whole.
            return new SegmentPlace(folder, temp, $"{temp}/{part}{TempSuffix}", part);
        }

        var number = 0;
        string name;
        do
            name = layout.FileName(facts with { Number = number++ });
        while (IsTaken($"{folder}/{name}"));
        var tempFile = $"{folder}/.{name}{TempSuffix}";
        return new SegmentPlace(folder, tempFile, tempFile, name);
    }

    /// <summary>
    /// A place beside files that are there already, under a name made from one of theirs. <paramref name="folder"/> is
    /// relative to the data folder.
    /// </summary>
    public SegmentPlace BeginBeside(string folder, string fileName)
    {
        var full = $"{dataFolder}/{folder}";
        var stem = SegmentFormat.Stem(fileName);
        var extension = fileName[stem.Length..];
        var number = 0;
        string name;
        do
            name = string.Create(CultureInfo.InvariantCulture, $"{StemOf(stem)}{MergedMark}{++number}{extension}");
        while (IsTaken($"{full}/{name}"));
        var tempFile = $"{full}/.{name}{TempSuffix}";
        return new SegmentPlace(full, tempFile, tempFile, name);
    }

    /// <summary>
    /// Makes a finished, synced file a sealed segment. Throws only before the point of commit, so a segment that this
    /// method failed on is not sealed. Returns the manifest's path relative to the data folder.
    /// </summary>
    public string Commit(in SegmentPlace place, SegmentManifest manifest)
    {
        string path;
        if (layout.SealsFolders)
        {
            foreach (var name in manifest.SideFiles.Select(side => side.Name).Append(place.FileName))
                files.Rename($"{place.TempPath}/{name}{TempSuffix}", $"{place.TempPath}/{name}");
            WriteSynced($"{place.TempPath}/{ManifestName}", manifest);
            files.SyncFolder(place.TempPath);
            var sealedFolder = FreeFolder(place.Folder, manifest);
            files.Rename(place.TempPath, sealedFolder);
            path = $"{sealedFolder}/{ManifestName}";
        }
        else
        {
            var file = $"{place.Folder}/{place.FileName}";
            files.Rename(place.TempFile, file);
            // The manifest must not outlive the file's name in a power cut.
            files.SyncFolder(place.Folder);
            path = ManifestOf(file);
            var temp = $"{place.Folder}/.{Path.GetFileName(path)}{TempSuffix}";
            WriteSynced(temp, manifest);
            files.Rename(temp, path);
        }

        return Relative(path);
    }

    /// <summary>
    /// Clears away, as far as the disk lets it, a segment that came to nothing; the rest is done at the next start.
    /// </summary>
    public void Abandon(in SegmentPlace place)
    {
        var file = $"{place.Folder}/{place.FileName}";
        var path = ManifestOf(file);
        try
        {
            files.Delete(place.TempPath);
            if (layout.SealsFolders)
                return;
            files.Delete($"{place.Folder}/.{Path.GetFileName(path)}{TempSuffix}");
            if (files.Exists(file) && !files.Exists(path))
                Unseal(file);
        }
        catch (Exception fault) when (SegmentLostException.Covers(fault))
        {
            // The fault that made the segment be given up is being reported already.
        }
    }

    /// <summary>
    /// Removes a segment that another replaced or that was given up: so that what a crash leaves of it is never taken for one whose manifest was
    /// lost.
    /// </summary>
    public void Remove(CatalogEntry segment)
    {
        if (IsSealedFolder(segment.Path))
        {
            var folder = $"{dataFolder}/{segment.Path[..segment.Path.LastIndexOf('/')]}";
            var name = folder.LastIndexOf('/') + 1;
            var temp = $"{folder[..name]}.{folder[name..]}{TempSuffix}";
            files.Rename(folder, temp);
            files.Delete(temp);
            return;
        }

        files.Delete($"{dataFolder}/{segment.FilePath}");
        files.SyncFolder($"{dataFolder}/{segment.Path[..segment.Path.LastIndexOf('/')]}");
        files.Delete($"{dataFolder}/{segment.Path}");
    }

    /// <summary>
    /// Takes a file without a manifest out of readers' sight without deleting it; returns its new name.
    /// </summary>
    public string Unseal(string file)
    {
        var target = file + UnsealedSuffix;
        for (var number = 1; files.Exists(target); number++)
            target = $"{file}{UnsealedSuffix}-{number}";
        files.Rename(file, target);
        return target;
    }

    /// <summary>The manifest that seals a data file lying beside it.</summary>
    public static string ManifestOf(string file) => SegmentFormat.Stem(file) + ManifestSuffix;

    public static bool IsManifest(string path) =>
        path.EndsWith(ManifestSuffix, StringComparison.Ordinal) || IsSealedFolder(path);

    /// <summary>A segment with this manifest is a folder of its own.</summary>
    public static bool IsSealedFolder(string manifest) => manifest.EndsWith("/" + ManifestName, StringComparison.Ordinal);

    public string Relative(string path) => path[(dataFolder.Length + 1)..];

    // A segment's name is its own for ever, also when the segment is gone; and a manifest would seal a file of another format
    // as well, had that the same name.
    bool IsTaken(string file)
    {
        var manifest = ManifestOf(file);
        return files.Exists(manifest) || catalog.Knows(Relative(manifest))
            || SegmentFormat.All.SelectMany(x => x.Extensions).Any(x => files.Exists($"{SegmentFormat.Stem(file)}.{x}"));
    }

    static string StemOf(string stem)
    {
        var mark = stem.LastIndexOf(MergedMark, StringComparison.Ordinal);
        return mark > 0 && stem[(mark + MergedMark.Length)..].All(char.IsAsciiDigit) ? stem[..mark] : stem;
    }

    string FreeFolder(string folder, SegmentManifest manifest)
    {
        var facts = new SegmentFacts(manifest.Stream, manifest.FirstRecvUs)
        {
            Server = server,
            LastRecvUs = manifest.LastRecvUs,
            Bytes = manifest.Bytes,
        };
        var number = 0;
        string name;
        do
            name = layout.SegmentFolder(facts with { Number = number++ });
        while (files.Exists($"{folder}/{name}") || catalog.Knows(Relative($"{folder}/{name}/{ManifestName}")));
        return $"{folder}/{name}";
    }

    void WriteSynced(string path, SegmentManifest manifest)
    {
        using var file = files.Create(path);
        file.Write(ManifestJson.Write(manifest));
        files.Sync(file);
    }
}
