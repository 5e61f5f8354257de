using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Compaction;

/// <summary>Decides from manifests alone which segments are merged: asked twice, it finds nothing the second time.</summary>
public static class CompactionPlan
{
    /// <summary>
    /// Groups of neighbours in time: of one stream, in one folder, written alike, whose last row is older than
    /// <paramref name="beforeUs"/>, and which together have at most <paramref name="maxBytes"/>. What was merged before is
    /// merged again only with what came later.
    /// </summary>
    public static IReadOnlyList<MergeGroup> Of(IEnumerable<CatalogEntry> segments, long beforeUs, long maxBytes)
    {
        var groups = new List<MergeGroup>();
        var mergeable = segments.Where(x => x.Manifest.LastRecvUs < beforeUs)
            .Where(x => x.Manifest.SchemaVersion == TableSchemas.Version)
            // A segment that is a folder is taken as a whole, with what lies beside its file.
            .Where(x => !SegmentFolders.IsSealedFolder(x.Path));
        foreach (var alike in mergeable.GroupBy(Likeness.Of).OrderBy(x => x.Key.Folder, StringComparer.Ordinal))
        {
            var inOrder = alike.OrderBy(x => x.Manifest.FirstRecvUs).ThenBy(x => x.Path, StringComparer.Ordinal);
            groups.AddRange(Pack(inOrder, maxBytes).Where(IsWorthIt).Select(x => new MergeGroup(x)));
        }

        return groups;
    }

    static IEnumerable<List<CatalogEntry>> Pack(IEnumerable<CatalogEntry> segments, long maxBytes)
    {
        var pack = new List<CatalogEntry>();
        long bytes = 0;
        foreach (var segment in segments)
        {
            if (pack.Count > 0 && bytes + segment.Manifest.Bytes > maxBytes)
            {
                yield return pack;
                (pack, bytes) = ([], 0);
            }

            pack.Add(segment);
            bytes += segment.Manifest.Bytes;
        }

        yield return pack;
    }

    static bool IsWorthIt(List<CatalogEntry> pack) =>
        pack.Count > 1 && pack.Any(x => x.Manifest.EndReason != EndReasons.Compacted);

    /// <summary>What segments must have in common to be one.</summary>
    readonly record struct Likeness(StreamKey Stream, string Folder, string Extension, int DecoderVersion)
    {
        public static Likeness Of(CatalogEntry segment) => new(
            segment.Stream,
            segment.Path[..Math.Max(0, segment.Path.LastIndexOf('/'))],
            segment.Manifest.File[SegmentFormat.Stem(segment.Manifest.File).Length..],
            segment.Manifest.DecoderVersion);
    }
}
