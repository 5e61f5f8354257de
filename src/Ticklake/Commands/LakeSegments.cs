using Ticklake.Stores.Segments;

namespace Ticklake.Commands;

/// <summary>The sealed segments of a lake as commands list them.</summary>
static class LakeSegments
{
    /// <summary>What the catalogue lists, and the manifests it does not; complains of what cannot be read.</summary>
    public static IEnumerable<CatalogEntry> Of(string lake)
    {
        var catalog = new SegmentCatalog(lake, DiskFileSystem.Instance);
        var seen = new HashSet<string>();
        foreach (var entry in catalog.Entries())
        {
            seen.Add(entry.Path);
            yield return entry;
        }

        foreach (var path in catalog.ManifestPaths().Where(x => !seen.Contains(x)))
        {
            if (TryRead(catalog, path) is { } entry)
                yield return entry;
        }
    }

    static CatalogEntry? TryRead(SegmentCatalog catalog, string path)
    {
        try
        {
            return catalog.ReadManifest(path);
        }
        catch (InvalidDataException e)
        {
            SharedOptions.Complain(e.Message);
            return null;
        }
    }
}
