using Shouldly;

namespace Ticklake.Tests.Repository;

/// <summary>Reads allowed-exceptions.txt: lines of <c>rule | file | reason</c>.</summary>
static class AllowedExceptions
{
    public const string File = "test/Ticklake.Tests/Repository/allowed-exceptions.txt";

    public static IReadOnlyList<(string Rule, string File, string Reason)> All { get; } =
        [.. RepositoryFolder.Lines(File).Where(l => l.Length > 0 && l[0] != '#').Select(Parse)];

    /// <summary>Fails with the list of offences that are not allowed; each begins with its file and a colon.</summary>
    public static void Judge(string rule, IEnumerable<string> offences)
    {
        var allowed = All.Where(e => e.Rule == rule).Select(e => e.File + ":").ToArray();
        offences.Where(o => !allowed.Any(a => o.StartsWith(a, StringComparison.Ordinal))).ShouldBeEmpty(
            $"rule '{rule}'; where there is good reason, add a line to {File}");
    }

    static (string Rule, string File, string Reason) Parse(string line)
    {
        var parts = line.Split('|', StringSplitOptions.TrimEntries);
        return (parts[0], parts.ElementAtOrDefault(1) ?? "", parts.ElementAtOrDefault(2) ?? "");
    }
}
