using Ticklake.Core.Markets;

namespace Ticklake.Stores.Segments;

/// <summary>A sealed segment.</summary>
/// <param name="Path">Its manifest's path relative to the data folder, with forward slashes.</param>
/// <param name="Manifest">What the manifest says.</param>
public sealed record CatalogEntry(string Path, SegmentManifest Manifest)
{
    public StreamKey Stream => Manifest.Stream;

    /// <summary>The data file's path relative to the data folder.</summary>
    public string FilePath => Beside(Manifest.File);

    /// <summary>The path of a file in the manifest's folder, relative to the data folder.</summary>
    public string Beside(string name) => Path[..(Path.LastIndexOf('/') + 1)] + name;
}
