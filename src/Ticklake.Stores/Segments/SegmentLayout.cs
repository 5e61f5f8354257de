using System.Globalization;

namespace Ticklake.Stores.Segments;

/// <summary>
/// Where segments lie below the data folder: a template, of which the presets of design.md section 6 are four. Paths use
/// forward slashes and depend on nothing but the stream and its rows.
/// </summary>
public sealed class SegmentLayout
{
    readonly PathTemplate _template;
    readonly PathPart[] _folders;

    SegmentLayout(string name, string template)
    {
        Name = name;
        _template = PathTemplate.Parse(template);
        PathTemplateRules.Check(_template);
        Boundary = _template.Has(PathPlaceholder.Hour) ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1);
        SealsFolders = _template.Has(PathPlaceholder.End) || _template.Has(PathPlaceholder.Size);
        _folders = [.. _template.Parts.SkipLast(SealsFolders ? 2 : 1)];
        Shape = new PathShape(_template, SealsFolders);
    }

    /// <summary>A folder a day, a file a segment.</summary>
    public static SegmentLayout Daily { get; } = new(
        "daily", "{exchange}/{source}/{channel}/{symbol}/dt={yyyy}-{MM}-{dd}/{channel}-{start}.{ext}");

    /// <summary>A folder an hour, in it a folder a segment that holds the file and its manifest.</summary>
    public static SegmentLayout Segments { get; } = new(
        "segments",
        "{exchange}/v2/{channel}/{symbol}/dt={yyyy}-{MM}-{dd}/hour={HH}/seg={start}--{end}--size~{size}MB/"
        + "part-{channel}-{symbol}-{start}-{number}.{ext}");

    /// <summary>Folders whose names say what they hold; the channels of a symbol lie side by side.</summary>
    public static SegmentLayout Hive { get; } = new(
        "hive",
        "exchange={exchange_name}/market={market}/symbol={symbol}/year={yyyy}/month={MM}/day={dd}/hour={HH}/"
        + "{channel}-{start}.{ext}");

    /// <summary>A folder a day, files by the millisecond they begin in.</summary>
    public static SegmentLayout Archive { get; } = new(
        "archive", "{exchange}/{symbol}/{channel}/[{server}/]{yyyy}-{MM}-{dd}/{unix_ms}.{ext}");

    /// <summary>The presets.</summary>
    public static IReadOnlyList<SegmentLayout> All { get; } = [Daily, Segments, Hive, Archive];

    /// <summary>The names that a template may hold between braces.</summary>
    public static IReadOnlyList<string> Placeholders { get; } = [.. PathPlaceholder.All.Select(x => x.Name)];

    /// <summary>What a configuration calls it: the preset's name, or the template itself.</summary>
    public string Name { get; }

    /// <summary>Its path as a template.</summary>
    public string Template => _template.Text;

    /// <summary>
    /// No segment lies across a multiple of this since the epoch: an hour where the path tells the hour, else a day.
    /// </summary>
    public TimeSpan Boundary { get; }

    /// <summary>A sealed segment is a folder of its own; else a file with its manifest beside it.</summary>
    public bool SealsFolders { get; }

    /// <summary>The path may tell which recorder wrote the segment.</summary>
    public bool TellsServer => _template.Has(PathPlaceholder.Server);

    /// <summary>The path cannot do without the recorder's name.</summary>
    public bool NeedsServer => _template.Parts.Any(x => !x.IsOptional && x.Has(PathPlaceholder.Server));

    /// <summary>What paths of this layout look like.</summary>
    internal PathShape Shape { get; }

    /// <summary>The preset of this name, or null.</summary>
    public static SegmentLayout? Find(string name) => All.FirstOrDefault(layout => layout.Name == name);

    /// <summary>A preset by its name, or the layout of a template.</summary>
    /// <exception cref="FormatException">It is neither; the message says what is wrong.</exception>
    public static SegmentLayout Parse(string text)
    {
        if (Find(text) is { } preset)
            return preset;
        return text.Contains('{', StringComparison.Ordinal)
            ? new SegmentLayout(text, text)
            : throw new FormatException("there is no such layout (a template has placeholders in braces)");
    }

    /// <summary>The folder that segments with these facts lie in.</summary>
    public string Folder(in SegmentFacts facts)
    {
        var names = new List<string>(_folders.Length);
        foreach (var folder in _folders)
        {
            if (PathTemplate.Render(folder, facts) is { } name)
                names.Add(name);
        }

        return string.Join('/', names);
    }

    /// <summary>The file's name.</summary>
    public string FileName(in SegmentFacts facts)
    {
        var name = PathTemplate.Render(_template.File, facts)!;
        if (facts.Number == 0 || _template.File.Has(PathPlaceholder.Number))
            return name;
        return name[..^(facts.Extension.Length + 1)] + Suffix(facts.Number) + "." + facts.Extension;
    }

    /// <summary>The name of a segment's own folder; while it is open, what is known of it.</summary>
    public string SegmentFolder(in SegmentFacts facts) =>
        PathTemplate.Render(_template.Parts[^2], facts) + Suffix(facts.Number);

    public override string ToString() => Name;

    static string Suffix(int number) => number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}");
}
