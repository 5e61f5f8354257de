using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Sql;
using Ticklake.Runtime.Viewing;
using Ticklake.Stores.Segments;
using Ticklake.Tests.Repository;
using Ticklake.Tests.Runtime.Replay;
using Xunit;

namespace Ticklake.Tests.Runtime.Sql;

/// <summary>SQL over a small lake, by npm's DuckDB from test/readers.</summary>
public sealed class LakeQueryTests
{
    static readonly string Readers = RepositoryFolder.PathOf("test/readers");

    [Theory]
    [InlineData(RowForm.Csv, "symbol,n,total\ntBTCUSD,3,0.875\n")]
    [InlineData(RowForm.Json, "{\"symbol\":\"tBTCUSD\",\"n\":3,\"total\":0.875}\n")]
    [InlineData(RowForm.Table, "symbol   n  total\ntBTCUSD  3  0.875\n")]
    public async Task Every_form_prints_the_rows(RowForm form, string expected)
    {
        using var lake = await LakeTestFolder.CreateAsync();
        var (output, fault) = await AskAsync(
            lake.Path, "SELECT symbol, count(*) AS n, sum(amount) AS total FROM trades WHERE NOT is_snapshot GROUP BY symbol", form);
        fault.ShouldBeNull();
        output.ShouldBe(expected);
    }

    [Fact]
    public async Task A_lake_of_several_formats_is_one()
    {
        const string Sql = "SELECT count(*) AS n, sum(amount) AS total, min(recv_ts) AS first, bool_or(is_snapshot) AS b FROM trades";
        using var lake = await LakeTestFolder.CreateAsync();
        var expected = await AskAsync(lake.Path, Sql, RowForm.Csv);
        using var csv = await LakeTestFolder.CreateAsync(new SegmentOptions { Format = SegmentFormat.Csv });
        (await AskAsync(csv.Path, Sql, RowForm.Csv)).ShouldBe(expected);
        using var arrow = await LakeTestFolder.CreateAsync(new SegmentOptions { Format = SegmentFormat.Arrow });
        Views(arrow.Path).Faults.ShouldContain(fault => fault.Contains("are Arrow files", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Times_nulls_and_big_numbers_are_exact_and_every_table_is_there()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        foreach (var name in ChannelNames.All)
            (await AskAsync(lake.Path, $"SELECT count(*) FROM {name}", RowForm.Csv)).Fault.ShouldBeNull(name);
        var (output, _) = await AskAsync(
            lake.Path, "SELECT 9007199254740993 AS big, NULL AS nothing, TIMESTAMPTZ '2025-01-17 08:00:00.123456Z' AS t", RowForm.Csv);
        output.ShouldBe("big,nothing,t\n9007199254740993,,2025-01-17 08:00:00.123456+00\n");
    }

    [Fact]
    public async Task Several_statements_run_and_the_last_ones_rows_are_printed()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        var (output, fault) = await AskAsync(
            lake.Path, "CREATE TEMP TABLE t AS SELECT 'a''b; \"c\" $HOME' AS x; SELECT x FROM t;", RowForm.Csv);
        fault.ShouldBeNull();
        output.ShouldBe("x\n\"a'b; \"\"c\"\" $HOME\"\n");
    }

    [Fact]
    public async Task What_DuckDB_complains_of_is_said()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        (await AskAsync(lake.Path, "SELECT nonsense FROM trades", RowForm.Csv)).Fault.ShouldNotBeNull().ShouldContain("nonsense");
    }

    [Fact]
    public async Task Segments_that_are_not_here_are_left_out_and_named()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        File.Delete(lake.Segment("trades"));
        var views = Views(lake.Path);
        views.Faults.ShouldHaveSingleItem().ShouldContain("1 segments of trades are not here");
        var (output, fault) = await AskAsync(lake.Path, "SELECT count(*) AS n FROM trades", RowForm.Csv);
        fault.ShouldBeNull();
        output.ShouldBe("n\n0\n");
    }

    [Fact]
    public void Without_DuckDB_the_way_to_install_it_is_told()
    {
        var nowhere = Directory.CreateTempSubdirectory("ticklake-nowhere-").FullName;
        DuckDb.Find(name => name == "PATH" ? nowhere : null, [nowhere]).ShouldBeNull();
        DuckDb.Find(name => name == DuckDb.Variable ? Path.Combine(nowhere, "none") : nowhere, [Readers]).ShouldBeNull();
        DuckDb.NotFound.ShouldContain("npm install @duckdb/node-api");
        File.WriteAllText(Path.Combine(nowhere, "duckdb"), "");
        DuckDb.Find(name => name == "PATH" ? nowhere : null, [Readers])!.Folder.ShouldBeNull();
        Directory.Delete(nowhere, recursive: true);
    }

    static LakeViews Views(string lake) => new(lake, new SegmentCatalog(lake, DiskFileSystem.Instance).Entries());

    static async Task<(string Output, string? Fault)> AskAsync(string lake, string sql, RowForm form)
    {
        if (DuckDb.Find(name => name == DuckDb.Variable ? Readers : Environment.GetEnvironmentVariable(name), []) is not { } duckDb)
        {
            Assert.Skip("npm's DuckDB is not installed: npm install --prefix test/readers --no-save");
            return default;
        }

        var output = new StringWriter { NewLine = "\n" };
        var fault = await new LakeQuery(duckDb, Views(lake)).RunAsync(sql, form, output, TestContext.Current.CancellationToken);
        return (output.ToString(), fault);
    }
}
