using Ticklake.Core.Markets;

namespace Ticklake.Stores.Segments;

/// <summary>
/// All sealed segments, as JSON lines in <c>{data}/catalog/{day of the first row}.jsonl</c>: found without walking the
/// tree, kept when a segment was shipped and removed, and rebuilt from the manifests when lost. Any thread; the store's
/// thread adds.
/// </summary>
public sealed class SegmentCatalog(string dataFolder, IFileSystem files)
{
    public const string FolderName = "catalog";
    const string Extension = ".jsonl";

    readonly Lock _lock = new();
    readonly CoverageIndex _coverage = new();
    readonly HashSet<string> _paths = [];
    readonly HashSet<string> _gone = [];

    // Files whose last line may lack its end: the next line must not be glued to it.
    readonly HashSet<string> _torn = [];

    /// <summary>Segments known.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _paths.Count;
        }
    }

    string Folder => $"{dataFolder}/{FolderName}";

    /// <summary>Reads the files there are. A line that a crash tore is passed over.</summary>
    public void Load()
    {
        lock (_lock)
        {
            Forget();
            foreach (var file in DayFiles())
            {
                var bytes = files.Read(file);
                if (bytes is [.., not (byte)'\n'])
                    _torn.Add(file);
                foreach (var line in CatalogLine.Read(bytes))
                    Index(line);
            }
        }
    }

    /// <summary>Notes a sealed segment. It counts as known even where its line cannot be written.</summary>
    public void Add(CatalogEntry entry)
    {
        lock (_lock)
        {
            if (!Index(entry))
                return;
            files.CreateFolder(Folder);
            Append(DayFile(entry), CatalogLine.Write(entry));
        }
    }

    /// <summary>A segment with this manifest was sealed once, even if it is gone.</summary>
    public bool Knows(string manifestPath)
    {
        lock (_lock)
            return _paths.Contains(manifestPath) || _gone.Contains(manifestPath);
    }

    /// <summary>Lines of a journal file whose rows of this stream are sealed: in order, without overlaps.</summary>
    public IReadOnlyList<LineRange> Coverage(string sourceFile, StreamKey stream)
    {
        lock (_lock)
            return _coverage.Of(sourceFile, stream);
    }

    /// <summary>Streams with sealed rows from this journal file.</summary>
    public IReadOnlyList<StreamKey> StreamsFrom(string sourceFile)
    {
        lock (_lock)
            return _coverage.Streams(sourceFile);
    }

    /// <summary>
    /// The segments there are, by day, read from the files anew: they need not fit into memory.
    /// </summary>
    public IEnumerable<CatalogEntry> Entries() => EverSealed().Where(entry => entry.Retired is null);

    /// <summary>
    /// The segments there are and those that were given up, but none whose rows are in another now; by day, read from the
    /// files anew.
    /// </summary>
    public IEnumerable<CatalogEntry> EverSealed() => Entries(CatalogFates.Of(Lines()));

    /// <summary>
    /// All segments as <see cref="EverSealed()"/> gives them, and then those whose manifests the catalogue does not list: a
    /// recorder that was killed sealed them and said no more.
    /// </summary>
    /// <param name="unreadable">Takes what is wrong with a manifest that cannot be read.</param>
    public IEnumerable<CatalogEntry> EverSealed(Action<string> unreadable)
    {
        var unlisted = Unlisted(unreadable);
        var fates = CatalogFates.Of(Lines());
        fates.AddReplacedBy(unlisted);
        return Entries(fates).Concat(unlisted.Where(entry => !fates.Replaced.Contains(entry.Path)));
    }

    /// <summary>The manifests that others replaced, found in the files anew, listed or not.</summary>
    public IReadOnlySet<string> FindReplaced()
    {
        var fates = CatalogFates.Of(Lines());
        fates.AddReplacedBy(Unlisted(static _ => { }));
        return fates.Replaced;
    }

    /// <summary>Manifests of segments that others replaced or that were given up, and that may still be there.</summary>
    public IReadOnlyList<string> Gone
    {
        get
        {
            lock (_lock)
                return [.. _gone];
        }
    }

    /// <summary>Notes, before they are removed, that segments are given up; on the disk when this returns.</summary>
    /// <exception cref="IOException">The disk refuses; they must stay.</exception>
    public void Retire(IReadOnlyCollection<CatalogEntry> entries, Retirement retirement)
    {
        lock (_lock)
        {
            foreach (var day in entries.GroupBy(DayFile))
            {
                using var lines = new MemoryStream();
                foreach (var entry in day)
                    lines.Write(CatalogLine.Write(entry.Path, retirement));
                Append(day.Key, lines.ToArray());
                _gone.UnionWith(day.Select(entry => entry.Path));
            }

            // No manifest will bring these lines back.
            files.SyncFolder(Folder);
        }
    }

    /// <summary>
    /// Makes the files anew from all manifests below the data folder; what is not there is forgotten, unless it was given up
    /// on purpose.
    /// </summary>
    public void Rebuild()
    {
        var retired = EverSealed().Where(entry => entry.Retired is not null).ToList();
        var entries = Manifests().ExceptBy(retired.Select(entry => entry.Path), entry => entry.Path).Concat(retired)
            .OrderBy(entry => entry.Manifest.FirstRecvUs)
            .ThenBy(entry => entry.Path, StringComparer.Ordinal)
            .ToList();
        lock (_lock)
        {
            Forget();
            foreach (var file in DayFiles().ToArray())
                files.Delete(file);
            files.CreateFolder(Folder);
            foreach (var day in entries.GroupBy(DayFile))
            {
                using var lines = new MemoryStream();
                foreach (var entry in day.Where(Index))
                    lines.Write(CatalogLine.Write(entry));
                files.Append(day.Key, lines.ToArray());
            }
        }
    }

    /// <summary>Every manifest below the data folder.</summary>
    /// <exception cref="InvalidDataException">One of them cannot be read; the message names it.</exception>
    public IEnumerable<CatalogEntry> Manifests() => ManifestPaths().Select(ReadManifest);

    /// <summary>Where the manifests below the data folder are, relative to it, in no particular order.</summary>
    public IEnumerable<string> ManifestPaths() => files.Files(dataFolder)
        .Select(path => path.Replace('\\', '/')[(dataFolder.Length + 1)..])
        .Where(path => SegmentFolders.IsManifest(path) && !SegmentRecovery.IsTemporary(path));

    /// <summary>Reads one manifest by its path relative to the data folder.</summary>
    /// <exception cref="InvalidDataException">It is no manifest; the message names it.</exception>
    public CatalogEntry ReadManifest(string path)
    {
        try
        {
            return new CatalogEntry(path, ManifestJson.Read(files.Read($"{dataFolder}/{path}")));
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{path}: {fault.Message}", fault);
        }
    }

    List<CatalogEntry> Unlisted(Action<string> unreadable)
    {
        var known = Lines().Select(line => line.Path).ToHashSet();
        return
        [
            .. ManifestPaths().Where(path => !known.Contains(path)).Select(path => TryRead(path, unreadable))
                .OfType<CatalogEntry>(),
        ];
    }

    CatalogEntry? TryRead(string path, Action<string> unreadable)
    {
        try
        {
            return ReadManifest(path);
        }
        catch (InvalidDataException fault)
        {
            unreadable(fault.Message);
            return null;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            // Another took its place since the folder was listed.
            return null;
        }
    }

    IEnumerable<CatalogEntry> Entries(CatalogFates fates)
    {
        var seen = new HashSet<string>();
        foreach (var line in Lines())
        {
            if (line.Manifest is { } manifest && !fates.Replaced.Contains(line.Path) && seen.Add(line.Path))
                yield return new CatalogEntry(line.Path, manifest) { Retired = fates.Retired.GetValueOrDefault(line.Path) };
        }
    }

    IEnumerable<CatalogLine> Lines() => DayFiles().SelectMany(file => CatalogLine.Read(files.Read(file)));

    void Append(string file, byte[] lines)
    {
        byte[] bytes = [.. _torn.Contains(file) ? "\n"u8 : default, .. lines];
        _torn.Add(file);
        files.Append(file, bytes);
        _torn.Remove(file);
    }

    void Index(CatalogLine line)
    {
        if (line.Manifest is { } manifest)
            Index(new CatalogEntry(line.Path, manifest));
        else
            _gone.Add(line.Path);
    }

    bool Index(CatalogEntry entry)
    {
        if (!_paths.Add(entry.Path))
            return false;
        foreach (var range in entry.Manifest.Journal)
            _coverage.Add(entry.Stream, range);
        foreach (var segment in entry.Manifest.Replaces)
            _gone.Add(segment.Path);
        return true;
    }

    void Forget()
    {
        _coverage.Clear();
        _paths.Clear();
        _gone.Clear();
        _torn.Clear();
    }

    string DayFile(CatalogEntry entry) => $"{Folder}/{UtcText.Day(entry.Manifest.FirstRecvUs)}{Extension}";

    IEnumerable<string> DayFiles() => files.Files(Folder)
        .Select(path => path.Replace('\\', '/'))
        .Where(path => path.EndsWith(Extension, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);
}
