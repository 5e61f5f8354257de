namespace Ticklake.Stores.Segments;

/// <summary>
/// What a template must keep so that segments can lie by it: no two streams in one file, nothing outside the data folder,
/// names that every disk takes, and the time to which segments are cut.
/// </summary>
static class PathTemplateRules
{
    // What PathName.Escape leaves in names: these cannot separate two of them.
    const string InNames = "-_+.%~";

    // Taken by Windows, and by the shells of readers.
    const string Forbidden = "\\:*?\"<>|[]$'`;&";

    // Our own folders at the top of the data folder.
    static readonly string[] Reserved = ["journal", "catalog", "postmortem", "instruments"];

    /// <exception cref="FormatException">It is not fit; the message says why.</exception>
    public static void Check(PathTemplate template)
    {
        foreach (var part in template.Parts)
            CheckNames(part);
        if (template.Parts[0].Placeholders.FirstOrDefault() is null
            && Reserved.Contains(template.Parts[0].ToString(), StringComparer.OrdinalIgnoreCase))
            throw new FormatException($"the folder '{template.Parts[0]}' is Ticklake's own");
        CheckFile(template);
        CheckFolders(template);
        CheckStreams(template);
        CheckTime(template);
    }

    static void CheckNames(PathPart part)
    {
        var text = part.ToString();
        if (text.Length == 0)
            throw new FormatException(
                "it has an empty name: a template neither begins nor ends with '/', and '//' does not stand in it");
        if (text[0] == '.')
            throw new FormatException(
                $"'{text}' begins with '.': such names are for open segments, and '..' would leave the data folder");
        if (text[^1] is '.' or ' ')
            throw new FormatException($"'{text}' ends with '{text[^1]}', which not every disk keeps");
        foreach (var piece in part.Pieces)
        {
            var wrong = piece.Text.FirstOrDefault(x => !char.IsAscii(x) || char.IsControl(x) || Forbidden.Contains(x));
            if (wrong != default)
                throw new FormatException($"'{wrong}' is in '{text}': not every disk or tool takes it in a name");
        }

        if (!part.Placeholders.Any() && PathName.Escape(text, PathCase.Upper).StartsWith('%') && text[0] != '%')
            throw new FormatException($"'{text}' is the name of a device on Windows");
    }

    static void CheckFile(PathTemplate template)
    {
        var file = template.File;
        var isEnd = file.Pieces is [.., { Text: var dot }, { Placeholder: var last }]
            && last == PathPlaceholder.Extension && dot.EndsWith('.');
        isEnd |= file.Pieces is [.., { Placeholder: not null }, { Text: "." }, { Placeholder: var only }]
            && only == PathPlaceholder.Extension;
        if (!isEnd || template.Parts.Sum(x => x.Placeholders.Count(y => y == PathPlaceholder.Extension)) != 1)
            throw new FormatException("the file's name must end in .{ext}, and {ext} stand nowhere else");
        if (file.IsOptional || template.Parts.Any(x => x.IsOptional && !x.Has(PathPlaceholder.Server)))
            throw new FormatException("only a folder with {server} can be optional: [{server}/]");
    }

    static void CheckFolders(PathTemplate template)
    {
        foreach (var known in new[] { PathPlaceholder.End, PathPlaceholder.Size })
        {
            if (template.Parts.Where(x => x.Has(known)).Any(x => !ReferenceEquals(x, SealedFolder(template))))
                throw new FormatException($"{known} is known only at the end: it may stand in the last folder alone");
        }

        if (template.Parts.SkipLast(1).Any(x => x.Has(PathPlaceholder.Number)))
            throw new FormatException("{number} counts files: it may stand in the file's name alone");
    }

    static PathPart? SealedFolder(PathTemplate template) => template.Parts.Count > 1 ? template.Parts[^2] : null;

    static void CheckStreams(PathTemplate template)
    {
        if (!Tells(template, PathPlaceholder.Exchange)
            && !(Tells(template, PathPlaceholder.ExchangeName) && Tells(template, PathPlaceholder.Market)))
            throw new FormatException(
                "markets would share files: it needs {exchange}, or {exchange_name} and {market}" + Beside(template));
        foreach (var needed in new[] { PathPlaceholder.Channel, PathPlaceholder.Symbol })
        {
            if (!Tells(template, needed))
                throw new FormatException($"{needed.Name}s would share files: it needs {needed}" + Beside(template));
        }
    }

    static string Beside(PathTemplate template) => template.Parts.Any(x => x.Placeholders.Count(IsFree) > 1)
        ? ", in a name of its own or beside others with '=', '@' or {start} in between, which no name holds"
        : "";

    /// <summary>A name from which the placeholder's value can be read back.</summary>
    static bool Tells(PathTemplate template, PathPlaceholder placeholder) =>
        template.Parts.Any(part => !part.IsOptional && part.Has(placeholder) && IsReadable(part, placeholder, template));

    static bool IsReadable(PathPart part, PathPlaceholder placeholder, PathTemplate template)
    {
        var isCounted = ReferenceEquals(part, template.File) && !part.Has(PathPlaceholder.Number);
        var at = part.Pieces.Select(x => x.Placeholder).ToList().IndexOf(placeholder);
        return !RunsInto(part.Pieces.Take(at).Reverse(), counted: false)
            && !RunsInto(part.Pieces.Skip(at + 1), isCounted);
    }

    /// <summary>Another value of any length follows before anything that separates them.</summary>
    static bool RunsInto(IEnumerable<PathPiece> pieces, bool counted)
    {
        foreach (var piece in pieces)
        {
            if (piece.Placeholder is not { } other)
            {
                if (piece.Text.Any(x => !char.IsAsciiLetterOrDigit(x) && !InNames.Contains(x)))
                    return false;
            }
            else if (other.Form == PlaceholderForm.Extension)
                return counted;
            else if (other.Form == PlaceholderForm.Instant)
                return false;
            else if (IsFree(other))
                return true;
        }

        return false;
    }

    static bool IsFree(PathPlaceholder placeholder) => placeholder.Form is PlaceholderForm.Name or PlaceholderForm.Number;

    static void CheckTime(PathTemplate template)
    {
        if (template.Has(PathPlaceholder.Start) || template.Has(PathPlaceholder.StartMilliseconds))
            return;
        PathPlaceholder[] coarse = [PathPlaceholder.Year, PathPlaceholder.Month, PathPlaceholder.Day];
        var missing = coarse.Where(x => !template.Has(x)).ToList();
        if (missing.Count > 0)
            throw new FormatException(
                $"the day of a segment would not be told: it needs {string.Join(" and ", missing)}, or {{start}} or {{unix_ms}}");
    }
}
