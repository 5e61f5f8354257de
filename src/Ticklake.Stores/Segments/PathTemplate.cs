using System.Text;

namespace Ticklake.Stores.Segments;

/// <summary>A piece of a template: text as it stands, or a placeholder.</summary>
/// <param name="Text">The text, empty for a placeholder.</param>
/// <param name="Placeholder">The placeholder, or null.</param>
readonly record struct PathPiece(string Text, PathPlaceholder? Placeholder)
{
    public override string ToString() => Placeholder?.ToString() ?? Text;
}

/// <summary>One folder or file name of a template.</summary>
/// <param name="Pieces">In their order.</param>
/// <param name="IsOptional">It stands in brackets: left out where a placeholder of it has no value.</param>
sealed record PathPart(IReadOnlyList<PathPiece> Pieces, bool IsOptional)
{
    public IEnumerable<PathPlaceholder> Placeholders => Pieces.Select(x => x.Placeholder).OfType<PathPlaceholder>();

    public bool Has(PathPlaceholder placeholder) => Placeholders.Contains(placeholder);

    public override string ToString() => string.Concat(Pieces);
}

/// <summary>
/// A path with placeholders, <c>{exchange}/[{server}/]{symbol}/{start}.{ext}</c>, taken apart. Whether it is fit for
/// segments is asked of <see cref="PathTemplateRules"/>.
/// </summary>
sealed class PathTemplate
{
    PathTemplate(string text, IReadOnlyList<PathPart> parts)
    {
        Text = text;
        Parts = parts;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The folders, and last the file.</summary>
    public IReadOnlyList<PathPart> Parts { get; }

    public PathPart File => Parts[^1];

    public bool Has(PathPlaceholder placeholder) => Parts.Any(x => x.Has(placeholder));

    /// <exception cref="FormatException">It cannot be taken apart; the message says what is wrong.</exception>
    public static PathTemplate Parse(string text)
    {
        var parts = new List<PathPart>();
        for (var at = 0; at <= text.Length;)
        {
            var isOptional = at < text.Length && text[at] == '[';
            if (isOptional)
                at++;
            var end = isOptional ? text.IndexOf("/]", at, StringComparison.Ordinal) : text.IndexOf('/', at);
            if (isOptional && end < 0)
                throw new FormatException("'[' begins an optional folder, which ends with '/]': [{server}/]");
            var part = end < 0 ? text[at..] : text[at..end];
            parts.Add(new PathPart([.. Pieces(part)], isOptional));
            if (end < 0)
                break;
            at = end + (isOptional ? 2 : 1);
        }

        return new PathTemplate(text, parts);
    }

    /// <summary>The name of a part, or null for an optional one that has a placeholder without value.</summary>
    /// <remarks>What is not known of an open segment is left out.</remarks>
    public static string? Render(PathPart part, in SegmentFacts facts)
    {
        var name = new StringBuilder();
        foreach (var piece in part.Pieces)
        {
            var value = piece.Placeholder is { } placeholder ? placeholder.Value(facts) : piece.Text;
            if (value is null && part.IsOptional)
                return null;
            name.Append(value);
        }

        return name.ToString();
    }

    public override string ToString() => Text;

    static IEnumerable<PathPiece> Pieces(string part)
    {
        for (var at = 0; at < part.Length;)
        {
            var open = part.IndexOf('{', at);
            if (open != at)
            {
                var text = open < 0 ? part[at..] : part[at..open];
                if (text.Contains('}', StringComparison.Ordinal))
                    throw new FormatException($"the '}}' in '{text}' ends no placeholder");
                yield return new PathPiece(text, null);
                at += text.Length;
                continue;
            }

            var close = part.IndexOf('}', open);
            if (close < 0)
                throw new FormatException($"'{part[open..]}' has no '}}'");
            var name = part[(open + 1)..close];
            yield return new PathPiece("", Find(name));
            at = close + 1;
        }
    }

    static PathPlaceholder Find(string name) =>
        PathPlaceholder.All.FirstOrDefault(x => x.Name == name)
        ?? throw new UnknownPlaceholderException(name);
}

/// <summary>A template names a placeholder that there is not.</summary>
public sealed class UnknownPlaceholderException(string name)
    : FormatException($"there is no placeholder {{{name}}}")
{
    /// <summary>What stood between the braces.</summary>
    public string Name { get; } = name;
}
