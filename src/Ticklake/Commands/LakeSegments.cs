using Ticklake.Stores.Segments;

namespace Ticklake.Commands;

/// <summary>The sealed segments of a lake as commands list them.</summary>
static class LakeSegments
{
    /// <summary>What the catalogue lists, and the manifests it does not; complains of what cannot be read.</summary>
    public static IEnumerable<CatalogEntry> Of(string lake) =>
        new SegmentCatalog(lake, DiskFileSystem.Instance).Sealed(SharedOptions.Complain);
}
