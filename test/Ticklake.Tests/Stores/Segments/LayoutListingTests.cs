using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using Ticklake.Stores.Segments;
using Ticklake.Tests.Repository;
using Ticklake.Tests.Runtime.Replay;
using Xunit;

namespace Ticklake.Tests.Stores.Segments;

/// <summary>
/// docs/format/layouts.md shows what <c>ls -R</c> says of a small lake in each layout: the lake is made here, and what it
/// is must stand there.
/// </summary>
public sealed partial class LayoutListingTests
{
    const string Page = "docs/format/layouts.md";

    [Fact]
    public async Task The_page_shows_what_lies_in_each_layout()
    {
        var page = RepositoryFolder.Read(Page).ReplaceLineEndings("\n");
        var shown = Listing().Matches(page);
        shown.Select(x => x.Groups["layout"].Value).Take(4).ShouldBe(SegmentLayout.All.Select(x => x.Name));
        foreach (var match in shown.Reverse())
        {
            var (layout, folder) = (match.Groups["layout"].Value, match.Groups["folder"]);
            using var lake = await LakeTestFolder.CreateAsync(new SegmentOptions { Layout = SegmentLayout.Parse(layout) });
            var listing = match.Groups["listing"];
            page = page[..listing.Index] + List(lake.Path, folder.Value) + page[(listing.Index + listing.Length)..];
        }

        Approved.Check(Page, page);
    }

    [Fact]
    public void The_page_has_the_presets_as_templates()
    {
        var page = RepositoryFolder.Read(Page);
        foreach (var layout in SegmentLayout.All)
            page.ShouldContain($"| `{layout.Name}` | `{layout.Template}` |");
        foreach (var placeholder in SegmentLayout.Placeholders)
            page.ShouldContain($"`{{{placeholder}}}`");
    }

    /// <summary>What <c>LC_ALL=C ls -R</c> prints.</summary>
    static string List(string lake, string top)
    {
        var text = new StringBuilder();
        var folders = Directory.EnumerateDirectories(Path.Combine(lake, top), "*", SearchOption.AllDirectories)
            .Append(Path.Combine(lake, top))
            .Select(x => Path.GetRelativePath(lake, x).Replace('\\', '/'))
            .OrderBy(x => x.Split('/'), Comparer<string[]>.Create(ByParts));
        foreach (var folder in folders)
        {
            text.Append(text.Length > 0 ? "\n" : "").Append($"{folder}:\n");
            var names = Directory.EnumerateFileSystemEntries(Path.Combine(lake, folder)).Select(x => Path.GetFileName(x)!);
            foreach (var name in names.Where(x => x[0] != '.').Order(StringComparer.Ordinal))
                text.Append($"{name}\n");
        }

        return text.ToString();
    }

    static int ByParts(string[] a, string[] b)
    {
        var differs = a.Zip(b).Select(x => string.CompareOrdinal(x.First, x.Second)).FirstOrDefault(x => x != 0);
        return differs != 0 ? differs : a.Length.CompareTo(b.Length);
    }

    // Two commands, and what the second prints.
    [GeneratedRegex(
        @"\$ ticklake replay --layout (?<layout>\S+)\n\$ cd data; ls -R (?<folder>\S+)\n(?<listing>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Listing();
}
