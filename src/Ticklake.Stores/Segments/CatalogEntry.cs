using Ticklake.Core.Markets;

namespace Ticklake.Stores.Segments;

/// <summary>A segment was given up on purpose: its rows are gone, and known to have been there.</summary>
/// <param name="AtUs">When, in microseconds since the epoch.</param>
/// <param name="Reason">One of <see cref="RetireReasons"/>.</param>
public sealed record Retirement(long AtUs, string Reason);

/// <summary>Why segments are given up.</summary>
public static class RetireReasons
{
    /// <summary>They are older than segments are kept.</summary>
    public const string Age = "age";

    /// <summary>The lake is larger than it may be, or the disk nearly full.</summary>
    public const string Disk = "disk";
}

/// <summary>A sealed segment.</summary>
/// <param name="Path">Its manifest's path relative to the data folder, with forward slashes.</param>
/// <param name="Manifest">What the manifest says.</param>
public sealed record CatalogEntry(string Path, SegmentManifest Manifest)
{
    /// <summary>When and why it was given up; null of a segment that is kept.</summary>
    public Retirement? Retired { get; init; }

    public StreamKey Stream => Manifest.Stream;

    /// <summary>The data file's path relative to the data folder.</summary>
    public string FilePath => Beside(Manifest.File);

    /// <summary>The path of a file in the manifest's folder, relative to the data folder.</summary>
    public string Beside(string name) => Path[..(Path.LastIndexOf('/') + 1)] + name;
}
