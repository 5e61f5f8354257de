using System.Text;
using System.Text.RegularExpressions;

namespace Ticklake.Stores.Segments;

/// <summary>
/// Tells by its path whether a file may be a segment's of one layout: what a crash left is known by nothing else.
/// </summary>
sealed class PathShape
{
    const string Count = @"(?:-\d+)?";

    readonly Regex _file;
    readonly Regex _temporary;
    readonly string _manifestEnd;

    public PathShape(PathTemplate template, bool sealsFolders)
    {
        var folders = Folders(template.Parts.SkipLast(sealsFolders ? 2 : 1));
        var stem = template.File.Pieces.SkipLast(1).ToList();
        // The dot before {ext} is the last letter of its piece.
        stem[^1] = new PathPiece(stem[^1].Text[..^1], null);
        var name = Pattern(stem);
        if (!template.File.Has(PathPlaceholder.Number))
            name += Count;
        var merged = name + $@"(?:{SegmentFolders.MergedMark}\d+)?";
        var extension = PathPlaceholder.Extension.Pattern;
        if (sealsFolders)
        {
            var folder = template.Parts[^2].Pieces;
            var sides = $"{Regex.Escape(SegmentSides.ControlsName)}|{Regex.Escape(SegmentSides.WalName)}";
            _file = Anchored($@"{folders}{Pattern(folder)}{Count}/(?:{name}\.{extension}|{sides})");
            _temporary = Anchored($@"{folders}\.{Pattern(folder, isOpen: true)}{Regex.Escape(SegmentFolders.TempSuffix)}/[^/]+");
            _manifestEnd = "/" + SegmentFolders.ManifestName;
            Manifest = Anchored($"{folders}{Pattern(folder)}{Count}{Regex.Escape(_manifestEnd)}");
            return;
        }

        var manifest = $@"{merged}(?:\.csv)?{Regex.Escape(SegmentFolders.ManifestSuffix)}";
        _manifestEnd = SegmentFolders.ManifestSuffix;
        _file = Anchored($@"{folders}{merged}\.{extension}");
        Manifest = Anchored(folders + manifest);
        _temporary = Anchored(
            $@"{folders}\.(?:{merged}\.{extension}|{manifest}){Regex.Escape(SegmentFolders.TempSuffix)}");
    }

    Regex Manifest { get; }

    /// <summary>A sealed segment's file, or one that a crash kept from being sealed.</summary>
    public bool IsFile(string path) => _file.IsMatch(path);

    public bool IsManifest(string path) =>
        path.EndsWith(_manifestEnd, StringComparison.Ordinal) && Manifest.IsMatch(path);

    /// <summary>A file of a segment that was never finished.</summary>
    public bool IsTemporary(string path) => _temporary.IsMatch(path);

    static string Folders(IEnumerable<PathPart> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
            text.Append(part.IsOptional ? $"(?:{Pattern(part.Pieces)}/)?" : Pattern(part.Pieces) + "/");
        return text.ToString();
    }

    static string Pattern(IEnumerable<PathPiece> pieces, bool isOpen = false) => string.Concat(pieces.Select(piece =>
        piece.Placeholder is not { } placeholder ? Regex.Escape(piece.Text)
        : isOpen && (placeholder == PathPlaceholder.End || placeholder == PathPlaceholder.Size) ? ""
        : placeholder.Pattern));

    // A template is a person's: no pattern of it may take for ever.
    static Regex Anchored(string pattern) =>
        new($"^{pattern}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
