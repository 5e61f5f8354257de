namespace Ticklake.Stores.Segments;

/// <summary>What became of segments since they were sealed, gathered in one pass over the catalogue.</summary>
sealed class CatalogFates
{
    readonly HashSet<string> _replaced = [];
    readonly Dictionary<string, Retirement> _retired = [];

    /// <summary>Manifests of segments whose rows are in another now.</summary>
    public IReadOnlySet<string> Replaced => _replaced;

    /// <summary>Segments that were given up, by their manifests' paths; of several lines the first counts.</summary>
    public IReadOnlyDictionary<string, Retirement> Retired => _retired;

    public static CatalogFates Of(IEnumerable<CatalogLine> lines)
    {
        var fates = new CatalogFates();
        foreach (var line in lines)
        {
            if (line.Manifest is { } manifest)
                fates.AddReplacedBy(manifest);
            else if (line.Retired is { } retirement)
                fates._retired.TryAdd(line.Path, retirement);
        }

        return fates;
    }

    public void AddReplacedBy(IEnumerable<CatalogEntry> entries)
    {
        foreach (var entry in entries)
            AddReplacedBy(entry.Manifest);
    }

    void AddReplacedBy(SegmentManifest manifest) => _replaced.UnionWith(manifest.Replaces.Select(segment => segment.Path));
}
