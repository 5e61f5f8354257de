using System.Text;

namespace Ticklake.Stores.Segments;

/// <summary>
/// The layouts that segments of a lake may lie in: the presets, and every template it was ever written with, which
/// <c>catalog/layouts.txt</c> keeps one a line. So what a crash left is found after the template was changed.
/// </summary>
public sealed class KnownLayouts
{
    public const string FileName = "layouts.txt";

    readonly string _folder;
    readonly IFileSystem _files;
    readonly List<SegmentLayout> _layouts = [.. SegmentLayout.All];

    /// <summary>Reads what is noted.</summary>
    public KnownLayouts(string dataFolder, IFileSystem files)
    {
        _folder = $"{dataFolder}/{SegmentCatalog.FolderName}";
        _files = files;
        if (!files.Exists(NotePath))
            return;
        foreach (var line in Encoding.UTF8.GetString(files.Read(NotePath)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (TryParse(line) is { } layout)
                _layouts.Add(layout);
        }
    }

    string NotePath => $"{_folder}/{FileName}";

    /// <summary>Notes a template before the first segment is written by it; presets need no note.</summary>
    public void Note(SegmentLayout layout)
    {
        if (_layouts.Exists(x => x.Template == layout.Template))
            return;
        _files.CreateFolder(_folder);
        // A line that a crash tore is ended first.
        _files.Append(NotePath, Encoding.UTF8.GetBytes($"\n{layout.Template}\n"));
        _layouts.Add(layout);
    }

    /// <summary>Whether a path below the data folder is one that a segment's file has.</summary>
    internal bool AreFile(string path) => _layouts.Exists(x => x.Shape.IsFile(path));

    /// <summary>Whether a path below the data folder is one that a segment's manifest has.</summary>
    internal bool AreManifest(string path) => _layouts.Exists(x => x.Shape.IsManifest(path));

    /// <summary>Whether a path below the data folder is one that an open segment has.</summary>
    internal bool AreTemporary(string path) => _layouts.Exists(x => x.Shape.IsTemporary(path));

    static SegmentLayout? TryParse(string line)
    {
        try
        {
            return SegmentLayout.Parse(line);
        }
        catch (FormatException)
        {
            // Torn, or written by a later version: what lies by it is left alone.
            return null;
        }
    }
}
