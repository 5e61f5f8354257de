using Ticklake.Stores.Segments;

namespace Ticklake.Stores.Compaction;

/// <summary>Segments of one stream that lie in one folder and are to become one, in the order of their first rows.</summary>
public sealed record MergeGroup(IReadOnlyList<CatalogEntry> Segments)
{
    public long Rows => Segments.Sum(segment => segment.Manifest.Rows);

    public long Bytes => Segments.Sum(segment => segment.Manifest.Bytes);
}
