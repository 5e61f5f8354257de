using Ticklake.Stores.Segments;

namespace Ticklake.Stores.Retention;

/// <summary>
/// Removes segments for good: noted in the catalogue first, so that a crash in between leaves nothing that would look like a
/// loss, and nothing that would be derived again. One thread; where the lake is recorded to, only the recorder's own.
/// </summary>
public static class SegmentRetirement
{
    /// <param name="setting">The lake.</param>
    /// <param name="segments">What is given up.</param>
    /// <param name="retirement">When and why.</param>
    /// <exception cref="IOException">The disk refuses. What could not be removed, the next start removes.</exception>
    public static void Run(SegmentSetting setting, IReadOnlyCollection<CatalogEntry> segments, Retirement retirement)
    {
        setting.Catalog.Retire(segments, retirement);
        var folders = new SegmentFolders(setting.DataFolder, setting.Options.Layout, setting.Files, setting.Catalog);
        foreach (var segment in segments)
            folders.Remove(segment);
    }
}
