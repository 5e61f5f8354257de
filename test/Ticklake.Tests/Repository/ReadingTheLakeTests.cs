using System.Diagnostics;
using System.Text.RegularExpressions;
using Shouldly;
using Ticklake.Runtime.Sql;
using Ticklake.Runtime.Viewing;
using Ticklake.Stores.Segments;
using Ticklake.Tests.Columnar;
using Ticklake.Tests.Runtime.Replay;
using Xunit;

namespace Ticklake.Tests.Repository;

/// <summary>The examples of docs/reading-the-lake.md, run as they stand there over a small lake.</summary>
public sealed partial class ReadingTheLakeTests
{
    const string Page = "docs/reading-the-lake.md";

    static readonly string Readers = RepositoryFolder.PathOf("test/readers");

    [Fact]
    public async Task Questions_in_SQL_are_answered()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        if (DuckDb.Find(name => name == DuckDb.Variable ? Readers : Environment.GetEnvironmentVariable(name), []) is not { } duckDb)
        {
            Assert.Skip("npm's DuckDB is not installed: npm install --prefix test/readers --no-save");
            return;
        }

        var views = new LakeViews(lake.Path, new SegmentCatalog(lake.Path, DiskFileSystem.Instance).Entries());
        var questions = Examples("sql");
        questions.Count.ShouldBe(3);
        foreach (var sql in questions)
        {
            var output = new StringWriter();
            (await new LakeQuery(duckDb, views).RunAsync(sql, RowForm.Csv, output, TestContext.Current.CancellationToken)).ShouldBeNull(sql);
            output.ToString().Split('\n').Length.ShouldBeGreaterThan(1, sql);
        }
    }

    [Fact]
    public async Task DuckDB_reads_the_files_themselves()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        var sql = Examples("duckdb").ShouldHaveSingleItem().Replace("data/", lake.Path + "/", StringComparison.Ordinal);
        var rows = await IndependentReaders.DuckDbAsync(sql);
        rows.Count.ShouldBe(2);
        rows.Sum(r => int.Parse(r[2]!, null)).ShouldBe(8);
    }

    [Fact]
    public async Task Polars_reads_the_files_by_Node()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        if (!Directory.Exists(Path.Combine(Readers, "node_modules", "nodejs-polars")))
            Assert.Skip("Polars is not installed: npm install --prefix test/readers --no-save");
        var script = Path.Combine(Readers, $".example-{Guid.NewGuid():N}.mjs");
        var example = Examples("js").ShouldHaveSingleItem();
        await File.WriteAllTextAsync(
            script,
            example.Replace("'data'", $"'{lake.Path}'", StringComparison.Ordinal).Replace("`data/", $"`{lake.Path}/", StringComparison.Ordinal));
        var start = new ProcessStartInfo("node", [script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        File.Delete(script);
        node.ExitCode.ShouldBe(0, await errors);
        output.ShouldContain("tBTCUSD");
    }

    [Fact]
    public void What_is_not_run_is_marked()
    {
        var page = RepositoryFolder.Read(Page);
        // The page says once what the mark means.
        (Count(page, "**not run here") + Count(page, "**Not run here")).ShouldBe(1 + Count(page, "```python\n") + Count(page, "```\nSELECT"));
    }

    static int Count(string text, string part) => text.Split(part).Length - 1;

    static List<string> Examples(string language) =>
    [
        .. Block().Matches(RepositoryFolder.Read(Page)).Where(m => m.Groups[1].Value == language).Select(m => m.Groups[2].Value),
    ];

    [GeneratedRegex("^```(\\w+)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
