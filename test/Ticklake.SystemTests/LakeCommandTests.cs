using System.IO.Compression;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Ticklake.SystemTests;

/// <summary>The commands that look at a lake and export from it, by the real executable over one small lake.</summary>
public sealed class LakeCommandTests : IAsyncLifetime
{
    const string Recording = """
        1700000000000000000 {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1699999999990,"s":"BTCUSDT","U":9,"u":11,"b":[["99.5","1.00"]],"a":[]}}
        1700000000100000000 {"lastUpdateId":10,"bids":[["99","2"]],"asks":[["101","3"]]}
        1700000000200000000 {"stream":"btcusdt@trade","data":{"e":"trade","E":1700000000191,"s":"BTCUSDT","t":77,"p":"100.50","q":"2","T":1700000000190,"m":true,"M":true}}
        1700000000300000000 {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1700000000290,"s":"BTCUSDT","U":21,"u":22,"b":[["97","7"]],"a":[]}}

        """;

    readonly string _root = Directory.CreateTempSubdirectory("ticklake-commands-").FullName;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "recording.txt"), Recording.ReplaceLineEndings("\n"));
        await RunAsync(0, "import", "--format", "hftbacktest", "--exchange", "binance", "recording.txt");
        await RunAsync(0, "replay");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Export_writes_files_sums_them_up_and_replaces_none()
    {
        var (output, _) = await RunAsync(0, "export", "--as", "tardis-csv", "--types", "trades,incremental_book_L2", "--out", "out");
        output.ShouldContain("2 files, 4 rows, 1 gaps crossed");
        using var file = new GZipStream(
            File.OpenRead(Path.Combine(_root, "out", "binance_trades_2023-11-14_BTCUSDT.csv.gz")), CompressionMode.Decompress);
        (await new StreamReader(file).ReadToEndAsync()).ShouldBe(
            "exchange,symbol,timestamp,local_timestamp,id,side,price,amount\n"
            + "binance,BTCUSDT,1700000000190000,1700000000200000,77,sell,100.5,2\n");
        var (_, errors) = await RunAsync(2, "export", "--as", "tardis-csv", "--types", "trades", "--out", "out");
        errors.ShouldContain("--force");
        (output, _) = await RunAsync(0, "export", "--as", "hftbacktest", "--out", "hft", "--json");
        JsonDocument.Parse(output).RootElement.GetProperty("files")[0].GetProperty("rows").GetInt64().ShouldBe(4);
        (_, errors) = await RunAsync(1, "export", "--as", "freqtrade-feather");
        errors.ShouldContain("hftbacktest");
        (_, errors) = await RunAsync(2, "export", "--as", "tardis-csv", "--from", "yesterday");
        errors.ShouldContain("'yesterday' is no time");
    }

    [Fact]
    public async Task Schema_and_stats_tell_what_there_is()
    {
        var file = Directory.EnumerateFiles(Path.Combine(_root, "data"), "trades-*.parquet", SearchOption.AllDirectories).Single();
        var (output, _) = await RunAsync(0, "schema", file);
        output.ShouldContain("Parquet, 1 rows in 1 row groups");
        output.ShouldContain("INT64 TIMESTAMP(MICROS,UTC)");
        output.ShouldContain("ticklake.exchange");
        (output, _) = await RunAsync(0, "schema", file, "--json");
        JsonDocument.Parse(output).RootElement.GetProperty("columns").GetArrayLength().ShouldBe(23);
        await RunAsync(3, "schema", Path.Combine(_root, "recording.txt"));
        await RunAsync(2, "schema", "nothing.parquet");

        (output, _) = await RunAsync(0, "stats");
        output.ShouldContain("binance/spot/trades/BTCUSDT");
        (output, _) = await RunAsync(0, "stats", "--json", "--exchange", "okx");
        JsonDocument.Parse(output).RootElement.GetProperty("rows").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Coverage_prints_a_table_and_JSON_and_writes_a_page()
    {
        var (output, _) = await RunAsync(0, "coverage");
        output.ShouldContain("binance/spot/books/BTCUSDT");
        output.ShouldContain("C complete, E known empty, G gap, - not recorded");
        (output, _) = await RunAsync(0, "coverage", "--json", "--exchange", "binance");
        JsonDocument.Parse(output).RootElement.EnumerateArray()
            .Select(s => s.GetProperty("channel").GetString()).ShouldContain("trades");
        await RunAsync(0, "coverage", "--html", "page.html");
        (await File.ReadAllTextAsync(Path.Combine(_root, "page.html"))).ShouldContain("BTCUSDT");
        (_, var errors) = await RunAsync(1, "coverage", "--html", "page.html", "--json");
        errors.ShouldContain("exclude each other");
    }

    [Fact]
    public async Task Sql_says_how_to_install_what_it_needs_or_answers()
    {
        // Whether DuckDB is installed is the machine's affair.
        var (code, output, errors) = await TicklakeProcess.RunAsync(_root, "sql", "SELECT count(*) AS n FROM trades", "--format", "csv");
        if (code == 0)
            output.ShouldBe("n\n1");
        else
        {
            code.ShouldBe(3);
            errors.ShouldContain("npm install @duckdb/node-api");
        }
    }

    async Task<(string Output, string Errors)> RunAsync(int expected, params string[] arguments)
    {
        var (code, output, errors) = await TicklakeProcess.RunAsync(_root, arguments);
        code.ShouldBe(expected, $"{string.Join(' ', arguments)}\n{output}\n{errors}");
        return (output, errors);
    }
}
