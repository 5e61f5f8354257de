using System.Diagnostics;

namespace Ticklake.Tests.Repository;

/// <summary>The checkout that the running tests were built from.</summary>
static class RepositoryFolder
{
    public static string Root { get; } = Find();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Files that git knows or would add, with forward slashes; deleted ones are left out.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Git("ls-files", "--cached", "--others", "--exclude-standard").Distinct()
            .Where(f => File.Exists(PathOf(f)))];

    /// <summary>C# files that people write.</summary>
    public static IEnumerable<string> Sources(params string[] folders) =>
        Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal)
            && folders.Any(folder => f.StartsWith(folder + "/", StringComparison.Ordinal)));

    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    public static string[] Lines(string relative) => File.ReadAllLines(PathOf(relative));

    static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Ticklake.slnx")))
            at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("The tests run outside their repository.");
    }

    static string[] Git(params string[] arguments)
    {
        // A checkout owned by another user (a container's bind mount) is still only read here.
        var start = new ProcessStartInfo("git", ["-c", $"safe.directory={Root}", .. arguments])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        if (git.ExitCode != 0)
            throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed with {git.ExitCode}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
