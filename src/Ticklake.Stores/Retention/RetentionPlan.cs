using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;

namespace Ticklake.Stores.Retention;

/// <summary>Decides from manifests alone which segments are given up.</summary>
public static class RetentionPlan
{
    /// <summary>Segments whose last row is older than a time.</summary>
    public static IReadOnlyList<CatalogEntry> OlderThan(IEnumerable<CatalogEntry> segments, long us) =>
        [.. Removable(segments).Where(segment => segment.Manifest.LastRecvUs < us)];

    /// <summary>The oldest segments that together have so many bytes, or all where they have not.</summary>
    public static IReadOnlyList<CatalogEntry> Oldest(IEnumerable<CatalogEntry> segments, long bytes)
    {
        var chosen = new List<CatalogEntry>();
        foreach (var segment in Removable(segments))
        {
            if (bytes <= 0)
                break;
            chosen.Add(segment);
            bytes -= segment.Manifest.Bytes;
        }

        return chosen;
    }

    // What was declared stays declared: controls are small, and without them nobody knows what the rest was worth.
    static IOrderedEnumerable<CatalogEntry> Removable(IEnumerable<CatalogEntry> segments) =>
        segments.Where(segment => segment.Stream.Channel != Channel.Controls)
            .OrderBy(segment => segment.Manifest.LastRecvUs).ThenBy(segment => segment.Path, StringComparer.Ordinal);
}
