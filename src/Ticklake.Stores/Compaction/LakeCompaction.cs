using Ticklake.Stores.Segments;

namespace Ticklake.Stores.Compaction;

/// <summary>What a compaction did.</summary>
public sealed record CompactionReport
{
    /// <summary>Segments that were merged, and are gone.</summary>
    public long Merged { get; init; }

    /// <summary>Segments they became.</summary>
    public long Made { get; init; }

    public long Rows { get; init; }

    public long BytesBefore { get; init; }

    public long BytesAfter { get; init; }

    /// <summary>Groups that were left as they are, each with the reason.</summary>
    public IReadOnlyList<MergeFault> Faults { get; init; } = [];
}

/// <summary>A group that could not be merged.</summary>
public sealed record MergeFault(MergeGroup Group, string Reason)
{
    public override string ToString() =>
        $"{Group.Segments[0].Path} and {Group.Segments.Count - 1} more: {Reason}";
}

/// <summary>
/// Merges the small segments of a lake. One thread; where the lake is recorded to, only the recorder itself may do it, with
/// its own catalogue.
/// </summary>
public static class LakeCompaction
{
    /// <param name="setting">The lake. Its catalogue is loaded, and recovery was run.</param>
    /// <param name="groups">What <see cref="CompactionPlan"/> found.</param>
    /// <param name="made">Hears of each segment made.</param>
    /// <param name="cancel">Stops between two row groups; what was begun is cleared away.</param>
    public static CompactionReport Run(
        SegmentSetting setting, IReadOnlyList<MergeGroup> groups, Action<MergeGroup, CatalogEntry> made, CancellationToken cancel)
    {
        var report = new CompactionReport();
        var faults = new List<MergeFault>();
        foreach (var group in groups)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                var entry = new SegmentMerge(group, setting).Run(cancel);
                report = report with
                {
                    Merged = report.Merged + group.Segments.Count,
                    Made = report.Made + 1,
                    Rows = report.Rows + entry.Manifest.Rows,
                    BytesBefore = report.BytesBefore + group.Bytes,
                    BytesAfter = report.BytesAfter + entry.Manifest.Bytes,
                };
                made(group, entry);
            }
            catch (Exception fault) when (fault is InvalidDataException or NotSupportedException || SegmentLostException.Covers(fault))
            {
                faults.Add(new MergeFault(group, fault.Message));
            }
        }

        return report with { Faults = faults };
    }
}
