using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Ticklake.Tests.Repository;

/// <summary>What may not lie in the repository, and what a page may not point at.</summary>
public sealed partial class TextTests
{
    public const string Secrets = "secrets";
    public const string Binary = "binary files";

    [Fact]
    public void Every_marker_of_unfinished_work_names_its_issue() =>
        (from file in RepositoryFolder.Sources("src", "sim", "test", "bench")
         where !file.StartsWith("test/Ticklake.Tests/Repository/", StringComparison.Ordinal)
         from line in RepositoryFolder.Lines(file).Select((text, i) => (Text: text, Number: i + 1))
         where Marker().IsMatch(line.Text) && !MarkerWithIssue().IsMatch(line.Text)
         select $"{file}:{line.Number}: {line.Text.Trim()}").ShouldBeEmpty();

    [Fact]
    public void Every_relative_link_of_a_page_leads_somewhere() =>
        (from page in RepositoryFolder.Files
         where page.EndsWith(".md", StringComparison.Ordinal)
         from Match link in Link().Matches(Prose(page))
         let target = link.Groups[1].Value
         where !target.Contains("://", StringComparison.Ordinal)
             && !target.StartsWith("mailto:", StringComparison.Ordinal)
         let path = Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(target))
         where !Path.Exists(RepositoryFolder.PathOf(path))
         select $"{page}: {target}").ShouldBeEmpty();

    [Fact]
    public void Nothing_looks_like_a_secret() =>
        AllowedExceptions.Judge(Secrets,
            from file in RepositoryFolder.Files
            where !IsBinary(file)
            from Match found in Secret().Matches(RepositoryFolder.Read(file))
            select $"{file}: a secret, or something that looks like one, at character {found.Index}");

    [Fact]
    public void No_binary_file_is_kept_but_pictures_of_the_docs() =>
        AllowedExceptions.Judge(Binary,
            from file in RepositoryFolder.Files
            where IsBinary(file) && !Picture().IsMatch(file)
            select $"{file}: binary");

    static bool IsBinary(string file)
    {
        using var stream = File.OpenRead(RepositoryFolder.PathOf(file));
        var start = new byte[8000];
        return start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)).Contains((byte)0);
    }

    /// <summary>The page without its code blocks, in which brackets are no links.</summary>
    static string Prose(string page) => CodeBlock().Replace(RepositoryFolder.Read(page), "");

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Marker();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\(#[0-9]+\)")]
    private static partial Regex MarkerWithIssue();

    [GeneratedRegex(@"\]\(([^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^docs/[\w/.-]+\.(png|jpg|webp)$")]
    private static partial Regex Picture();

    [GeneratedRegex(
        @"\bAKIA[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|\bgh[pousr]_[A-Za-z0-9]{36}"
        + @"|\bxox[abp]-[0-9A-Za-z-]{10,}"
        + @"|(?i:password|passwd|secret|token|api_?key)[""']?\s*[:=]\s*[""'][A-Za-z0-9/+_-]{20,}[""']")]
    private static partial Regex Secret();
}
