using System.Text;
using Shouldly;
using Ticklake.Runtime.Configuration;
using Ticklake.Tests.Repository;
using Xunit;

namespace Ticklake.Tests.Runtime.Configuration;

/// <summary>
/// Every kind of fault with its exact words. The cases and what is said of them stand in one file: a line
/// <c>## name</c>, the configuration, then the messages after <c>=></c>.
/// </summary>
public sealed class ConfigFaultTests
{
    const string Cases = "test/Ticklake.Tests/Runtime/Configuration/ConfigFaults.approved.txt";
    const string Hidden = "hunter2-from-the-environment";

    [Fact]
    public void Every_kind_of_fault_has_its_approved_message()
    {
        var actual = new StringBuilder();
        foreach (var (name, yaml) in ReadCases())
        {
            actual.Append($"## {name}\n{yaml}");
            foreach (var fault in FaultsOf(yaml))
                actual.Append($"=> {fault}\n");
            actual.Append('\n');
        }

        Approved.Check(Cases, actual.ToString());
    }

    [Fact]
    public void Every_case_has_a_fault() =>
        ReadCases().Where(c => FaultsOf(c.Yaml).Count == 0).Select(c => c.Name).ShouldBeEmpty();

    [Fact]
    public void No_message_shows_what_a_variable_holds() =>
        ReadCases().SelectMany(c => FaultsOf(c.Yaml)).ShouldAllBe(f => !f.Contains(Hidden));

    [Fact]
    public void Nothing_is_handed_out_where_anything_is_wrong()
    {
        using var folder = new ConfigFolder();
        folder.Load("log: { level: loud }").Options.ShouldBeNull();
    }

    [Fact]
    public void A_named_file_that_is_absent_is_a_fault()
    {
        var result = ConfigLoader.Load("absent.yml", new Dictionary<string, string>());
        result.Faults.Single().ToString().ShouldBe("absent.yml: there is no such file");
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_a_fault()
    {
        using var folder = new ConfigFolder();
        var result = ConfigLoader.Load(folder.Root, new Dictionary<string, string>());
        result.Faults.Single().Problem.ShouldBe("this is a folder, not a file");
    }

    [Fact]
    public void A_line_of_the_env_file_that_sets_nothing_is_named_without_its_content()
    {
        using var folder = new ConfigFolder();
        folder.Write(".env", $"GOOD=1\n{Hidden}\n");
        folder.Faults("data: ./data\n")
            .ShouldBe([".env:2:1: this line sets no variable; allowed: NAME=value, or # and a comment"]);
    }

    static IReadOnlyList<string> FaultsOf(string yaml)
    {
        using var folder = new ConfigFolder();
        folder.Write("blocker", "a file");
        folder.Environment["SECRET"] = Hidden;
        return folder.Faults(yaml);
    }

    static IEnumerable<(string Name, string Yaml)> ReadCases()
    {
        foreach (var block in RepositoryFolder.Read(Cases).ReplaceLineEndings("\n").Split("## ").Skip(1))
        {
            var lines = block.Split('\n');
            var yaml = lines.Skip(1).TakeWhile(l => !l.StartsWith("=> ", StringComparison.Ordinal)).ToList();
            while (yaml.Count > 0 && yaml[^1].Length == 0)
                yaml.RemoveAt(yaml.Count - 1);
            yield return (lines[0], string.Concat(yaml.Select(l => l + "\n")));
        }
    }
}
