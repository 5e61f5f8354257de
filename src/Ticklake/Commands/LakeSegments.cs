using Ticklake.Stores.Segments;

namespace Ticklake.Commands;

/// <summary>The sealed segments of a lake as commands list them.</summary>
static class LakeSegments
{
    /// <summary>What the catalogue lists, and the manifests it does not; complains of what cannot be read.</summary>
    public static IEnumerable<CatalogEntry> Of(string lake) => EverOf(lake).Where(entry => entry.Retired is null);

    /// <summary>These, and those that were given up on purpose.</summary>
    public static IEnumerable<CatalogEntry> EverOf(string lake) =>
        new SegmentCatalog(lake, DiskFileSystem.Instance).EverSealed(SharedOptions.Complain);
}
