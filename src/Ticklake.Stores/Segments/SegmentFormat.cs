using Ticklake.Columnar;
using Ticklake.Stores.Arrow;
using Ticklake.Stores.Csv;
using Ticklake.Stores.Parquet;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Segments;

/// <summary>A format that segments' files are written in; a lake may hold several. Immutable.</summary>
public abstract class SegmentFormat
{
    public static SegmentFormat Parquet => ParquetFormat.Instance;

    public static SegmentFormat Arrow => ArrowFormat.Instance;

    public static SegmentFormat Csv => CsvFormat.Instance;

    public static IReadOnlyList<SegmentFormat> All { get; } = [Parquet, Arrow, Csv];

    /// <summary>What a configuration calls it.</summary>
    public abstract string Name { get; }

    /// <summary>How the names of its files may end, without the dot before.</summary>
    public abstract IReadOnlyList<string> Extensions { get; }

    /// <summary>The files hold key-value metadata, in which segments name their stream, journal and gaps.</summary>
    public abstract bool HasMetadata { get; }

    /// <summary>The format that a file's name tells, or null.</summary>
    public static SegmentFormat? OfName(string path) =>
        All.FirstOrDefault(format => format.Extensions.Any(extension => HasExtension(path, extension)));

    /// <summary>A file's name or path without the ending that tells its format.</summary>
    public static string Stem(string path)
    {
        var extension = All.SelectMany(format => format.Extensions).FirstOrDefault(x => HasExtension(path, x));
        return extension is null ? path : path[..^(extension.Length + 1)];
    }

    public static SegmentFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);

    public override string ToString() => Name;

    /// <summary>The ending of files written so.</summary>
    public abstract string Extension(SegmentOptions options);

    /// <summary>The form of numbers in files written so.</summary>
    public abstract NumberForm Numbers(SegmentOptions options);

    internal abstract ISegmentWorkspace CreateWorkspace(SegmentOptions options);

    /// <summary>Reads a seekable stream, which the reader owns once it is there.</summary>
    internal abstract TableReader Open(Stream file);

    static bool HasExtension(string path, string extension) =>
        path.Length > extension.Length && path[^(extension.Length + 1)] == '.'
        && path.EndsWith(extension, StringComparison.Ordinal);
}
