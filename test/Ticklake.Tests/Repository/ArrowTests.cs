using System.Text.RegularExpressions;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Ticklake.Tests.Repository;

/// <summary>Who may know whom: design.md section 2.</summary>
public sealed partial class ArrowTests
{
    public const string Rule = "arrows";
    const string Exchanges = "src/Ticklake.Exchanges";

    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Ticklake"] = ["Ticklake.Panel", "Ticklake.Runtime", "Ticklake.Simulator"],
        ["Ticklake.Panel"] = ["Ticklake.Runtime"],
        ["Ticklake.Runtime"] = ["Ticklake.Exchanges", "Ticklake.Stores", "Ticklake.Core"],
        ["Ticklake.Exchanges"] = ["Ticklake.Core"],
        ["Ticklake.Stores"] = ["Ticklake.Columnar", "Ticklake.Core"],
        ["Ticklake.Columnar"] = [],
        ["Ticklake.Core"] = [],
        ["Ticklake.Simulator"] = [],
    };

    [Fact]
    public void Projects_reference_only_what_the_design_lets_them() =>
        AllowedExceptions.Judge(Rule,
            from project in Projects()
            from reference in References(project)
            where !Allowed.TryGetValue(Name(project), out var allowed) || !allowed.Contains(reference)
            select $"{project}: references {reference}");

    [Fact]
    public void Every_project_has_its_arrows_written_down() =>
        Projects().Select(Name).Where(n => !Allowed.ContainsKey(n)).ShouldBeEmpty();

    [Fact]
    public void Core_and_columnar_use_no_packages() =>
        new[] { "src/Ticklake.Core/Ticklake.Core.csproj", "src/Ticklake.Columnar/Ticklake.Columnar.csproj" }
            .SelectMany(p => Included(p, "PackageReference").Select(r => $"{p}: {r}")).ShouldBeEmpty();

    [Fact]
    public void No_exchange_names_another() =>
        AllowedExceptions.Judge(Rule,
            from folder in ExchangeFolders()
            from file in RepositoryFolder.Sources($"{Exchanges}/{folder}")
            from other in ExchangeFolders()
            where other != folder
                && RepositoryFolder.Read(file).Contains($"Ticklake.Exchanges.{other}", StringComparison.Ordinal)
            select $"{file}: names Ticklake.Exchanges.{other}");

    [Fact]
    public void Whatever_serves_all_exchanges_names_none_but_in_the_catalogue() =>
        AllowedExceptions.Judge(Rule,
            from file in RepositoryFolder.Sources(Exchanges)
            where !ExchangeFolders().Any(f => file.StartsWith($"{Exchanges}/{f}/", StringComparison.Ordinal))
                && file != $"{Exchanges}/ExchangeCatalog.cs"
            from folder in ExchangeFolders()
            where RepositoryFolder.Read(file).Contains($"Ticklake.Exchanges.{folder}", StringComparison.Ordinal)
            select $"{file}: names Ticklake.Exchanges.{folder}");

    [Fact]
    public void The_catalogue_lists_every_exchange_folder()
    {
        var catalogue = $"{Exchanges}/ExchangeCatalog.cs";
        var listed = RepositoryFolder.Files.Contains(catalogue)
            ? ListedExchange().Matches(RepositoryFolder.Read(catalogue)).Select(m => m.Groups[1].Value).ToArray()
            : [];
        listed.Order().ShouldBe(ExchangeFolders().Order());
    }

    [Fact]
    public void The_simulator_shares_no_code_with_the_recorder() =>
        AllowedExceptions.Judge(Rule,
            from file in RepositoryFolder.Sources("sim")
            from Match use in OurNamespace().Matches(RepositoryFolder.Read(file))
            where use.Groups[1].Value != "Simulator"
            select $"{file}: names Ticklake.{use.Groups[1].Value}");

    static IEnumerable<string> Projects() =>
        RepositoryFolder.Files.Where(f =>
            f.EndsWith(".csproj", StringComparison.Ordinal)
            && (f.StartsWith("src/", StringComparison.Ordinal) || f.StartsWith("sim/", StringComparison.Ordinal)));

    static IEnumerable<string> ExchangeFolders() =>
        RepositoryFolder.Files.Select(f => ExchangeFile().Match(f)).Where(m => m.Success)
            .Select(m => m.Groups[1].Value);

    static IEnumerable<string> References(string project) => Included(project, "ProjectReference").Select(Name);

    static IEnumerable<string> Included(string project, string element) =>
        XDocument.Load(RepositoryFolder.PathOf(project)).Descendants(element)
            .Select(e => e.Attribute("Include")!.Value);

    static string Name(string project) => Path.GetFileNameWithoutExtension(project);

    [GeneratedRegex(@"^src/Ticklake\.Exchanges/(\w+)/\1Exchange\.cs$")]
    private static partial Regex ExchangeFile();

    [GeneratedRegex(@"\bnew (\w+)Exchange\(")]
    private static partial Regex ListedExchange();

    [GeneratedRegex(@"\bTicklake\.(Core|Columnar|Exchanges|Stores|Runtime|Panel|Simulator)\b")]
    private static partial Regex OurNamespace();
}
