using Shouldly;
using Xunit;

namespace Ticklake.Tests.Repository;

/// <summary>Files that can be read in one sitting: the limits of the size table in CONTRIBUTING.md.</summary>
public sealed class FileSizeTests
{
    public const string Rule = "file size";

    [Fact]
    public void No_source_file_has_more_than_500_lines() => Judge(500, "src", "sim", "bench");

    [Fact]
    public void No_test_file_has_more_than_800_lines() => Judge(800, "test");

    [Fact]
    public void Nine_source_files_in_ten_have_at_most_350_lines()
    {
        var lengths = RepositoryFolder.Sources("src", "sim").Select(Length).Order().ToArray();
        lengths[lengths.Length * 9 / 10].ShouldBeLessThanOrEqualTo(350);
    }

    static void Judge(int limit, params string[] folders) =>
        AllowedExceptions.Judge(Rule,
            from file in RepositoryFolder.Sources(folders)
            let lines = Length(file)
            where lines > limit
            select $"{file}: {lines} lines");

    static int Length(string file) => RepositoryFolder.Lines(file).Length;
}
