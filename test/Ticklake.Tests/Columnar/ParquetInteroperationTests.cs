using System.Globalization;
using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;
using Xunit;

namespace Ticklake.Tests.Columnar;

public sealed class ParquetInteroperationTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("ticklake-parquet-").FullName;

    [Theory]
    [InlineData(1, 300, ParquetCompression.Zstd)]
    [InlineData(2, 5000, ParquetCompression.Zstd)]
    [InlineData(3, 5000, ParquetCompression.Gzip)]
    [InlineData(4, 30_000, ParquetCompression.None)]
    [InlineData(5, 1, ParquetCompression.Zstd)]
    public async Task Independent_readers_find_what_was_written(int seed, int rows, ParquetCompression compression)
    {
        var table = RandomTable.Of(seed, rows);
        var path = Path.Combine(_folder, "table.parquet");
        var options = new ParquetWriterOptions { Compression = compression, PageRows = 1000 };
        await File.WriteAllBytesAsync(path, table.Write(options));
        ShouldHold(await IndependentReaders.DuckDbAsync($"select * from read_parquet('{path}')"), table, "DuckDB");
        ShouldHold(await IndependentReaders.HyparquetAsync(path), table, "hyparquet");
    }

    [Fact]
    public async Task Duckdb_skips_row_groups_and_pages_rightly_by_their_bounds()
    {
        var table = RandomTable.Of(21, 20_000);
        var path = Path.Combine(_folder, "table.parquet");
        await File.WriteAllBytesAsync(path, table.Write(new ParquetWriterOptions { PageRows = 500 }));
        for (var column = 0; column < table.Schema.Count; column++)
        {
            var name = table.Schema[column].Name;
            var some = table.Expected[column][777];
            if (some is null or double)
                continue;
            var literal = some switch
            {
                string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
                Int128 units => $"'{Exact(units)}'::decimal(38, 18)",
                _ => Cell(some),
            };
            if (name.StartsWith("Timestamp", StringComparison.Ordinal) || literal!.Contains('\0'))
                continue;
            var rows = await IndependentReaders.DuckDbAsync(
                $"select count(*) from read_parquet('{path}') where {name} = {literal}");
            var expected = table.Expected[column].Count(table.Expected[column][777]!.Equals);
            rows[0][0].ShouldBe(expected.ToString(CultureInfo.InvariantCulture), name);
        }
    }

    [Fact]
    public async Task The_page_index_spans_the_values_of_each_page()
    {
        const int PageRows = 100;
        const int Rows = 1050;
        var numbers = Enumerable.Range(0, Rows).Select(i => (long)(i * 7 % 500)).ToArray();
        var isNull = Enumerable.Range(0, Rows).Select(i => i % 9 == 0 || i / PageRows == 3).ToArray();
        var path = Path.Combine(_folder, "table.parquet");
        await using (var stream = File.Create(path))
        {
            ColumnSchema[] schema = [new("n", ColumnKind.Int64, true), new("c", ColumnKind.Utf8)];
            using var writer = new ParquetWriter(stream, schema, new ParquetWriterOptions { PageRows = PageRows });
            writer.WriteRowGroup([[new Int64Part(numbers, Rows, isNull)], [ConstantPart.Of("x"u8.ToArray(), Rows)]]);
            writer.Finish([]);
        }

        var pages = await IndependentReaders.PageIndexAsync(path);
        pages.Count.ShouldBe(12);
        for (var first = 0; first < Rows; first += PageRows)
        {
            var rows = Enumerable.Range(first, Math.Min(PageRows, Rows - first)).ToList();
            var values = rows.Where(row => !isNull[row]).Select(row => numbers[row]).ToList();
            var isNullPage = values.Count == 0;
            string?[] expected =
            [
                "0", "0", Cell(first), Cell(isNullPage), isNullPage ? null : Cell(values.Min()),
                isNullPage ? null : Cell(values.Max()), Cell(rows.Count - values.Count),
            ];
            pages[first / PageRows].ShouldBe(expected);
        }

        pages[11].ShouldBe(["0", "1", "0", "false", "x", "x", "0"]);
    }

    [Fact]
    public async Task Duckdb_sees_types_and_metadata()
    {
        var table = RandomTable.Of(1, 10);
        var path = Path.Combine(_folder, "table.parquet");
        await using (var stream = File.Create(path))
        {
            var options = new ParquetWriterOptions { SortingColumns = ["Int64_required"] };
            using var writer = new ParquetWriter(stream, table.Schema, options);
            writer.WriteRowGroup(table.Columns);
            writer.Finish([new("pair", "BTC-USD")]);
        }

        var metadata = await IndependentReaders.DuckDbAsync(
            $"select decode(key), decode(value) from parquet_kv_metadata('{path}')");
        metadata.ShouldHaveSingleItem().ShouldBe(["pair", "BTC-USD"]);
        var types = await IndependentReaders.DuckDbAsync(
            $"select column_type from (describe select * from read_parquet('{path}'))");
        types.Select(row => row[0]).ShouldBe(
        [
            "BOOLEAN", "BOOLEAN", "INTEGER", "INTEGER", "BIGINT", "BIGINT",
            "TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH TIME ZONE", "DOUBLE", "DOUBLE", "VARCHAR", "VARCHAR",
            "DECIMAL(38,18)", "DECIMAL(38,18)",
        ]);
    }

    [Theory]
    [InlineData("zstd", "V1")]
    [InlineData("uncompressed", "V1")]
    [InlineData("gzip", "V1")]
    [InlineData("zstd", "V2")]
    public async Task Files_of_duckdb_are_read(string compression, string version)
    {
        var path = Path.Combine(_folder, "duckdb.parquet");
        const string Query = """
            select i::integer as a, i * 1000003 as b, (i % 7)::bigint as c, i / 3.0 as d, (i % 10) / 4.0::double as e,
            make_timestamptz(1737100800000000 + i * 17) as t, 'text ' || (i % 100) as s,
            case when i % 5 = 0 then null else repeat('é', (i % 40)::int) || i end as u, i % 3 = 0 as f,
            case when i % 11 > 3 then i end as n from range(20000) r(i)
            """;
        await IndependentReaders.DuckDbAsync(
            $"copy ({Query}) to '{path}' (format parquet, compression {compression}, "
            + $"parquet_version {version}, row_group_size 6000)");
        var expected = await IndependentReaders.DuckDbAsync(Query);
        using var reader = ParquetReader.Open(path);
        reader.RowCount.ShouldBe(expected.Count);
        var row = 0;
        for (var group = 0; group < reader.RowGroups.Count; group++)
        {
            var table = reader.Read(group);
            for (var i = 0; i < table.RowCount; i++, row++)
                table.Columns.Select(column => Cell(column[i])).ShouldBe(expected[row], $"row {row}");
        }
    }

    [Theory]
    [InlineData("select [1, 2] as a", "nested")]
    [InlineData("select date '2025-01-01' as a", "Column a")]
    [InlineData("select 1.5::decimal(10, 2) as a", "Column a")]
    [InlineData("select 1.5::float as a", "Column a")]
    [InlineData("select 'x'::blob as a", "Column a")]
    public async Task Other_kinds_of_column_are_refused_by_name(string query, string message)
    {
        var path = Path.Combine(_folder, "duckdb.parquet");
        await IndependentReaders.DuckDbAsync($"copy ({query}) to '{path}' (format parquet, compression zstd)");
        Should.Throw<NotSupportedException>(() => ParquetReader.Open(path)).Message.ShouldContain(message);
    }

    [Fact]
    public void Doubles_are_written_as_javascript_does()
    {
        (double Value, string Text)[] cases =
        [
            (0, "0"), (-0.0, "-0"), (1, "1"), (-1.5, "-1.5"), (1e21, "1e+21"), (1e20, "100000000000000000000"),
            (1e-6, "0.000001"), (1e-7, "1e-7"), (1.25e-9, "1.25e-9"), (0.1, "0.1"), (123456789.123, "123456789.123"),
            (double.MaxValue, "1.7976931348623157e+308"), (double.Epsilon, "5e-324"), (9.5e22, "9.5e+22"), (100, "100"),
        ];
        foreach (var (value, text) in cases)
            IndependentReaders.Text(value).ShouldBe(text);
    }

    public void Dispose() => Directory.Delete(_folder, true);

    static void ShouldHold(IReadOnlyList<string?[]> rows, RandomTable table, string reader)
    {
        rows.Count.ShouldBe(table.Expected[0].Count);
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; column < table.Schema.Count; column++)
            {
                var expected = Cell(table.Expected[column][row]);
                if (rows[row][column] != expected && !IsNear(rows[row][column], table.Expected[column][row], reader))
                    rows[row][column].ShouldBe(expected, $"{reader}: {table.Schema[column].Name}, row {row}");
            }
        }
    }

    static string Exact(Int128 units)
    {
        var digits = Int128.Abs(units).ToString(CultureInfo.InvariantCulture).PadLeft(19, '0');
        return $"{(units < 0 ? "-" : "")}{digits[..^18]}.{digits[^18..]}";
    }

    // hyparquet gives decimals as doubles.
    static bool IsNear(string? cell, object? expected, string reader) =>
        reader == "hyparquet" && cell is not null && expected is Int128 units
        && Math.Abs(double.Parse(cell, CultureInfo.InvariantCulture) - ((double)units / 1e18))
            <= Math.Abs((double)units / 1e18) * 1e-15;

    static string? Cell(object? value) => value switch
    {
        null => null,
        bool b => b ? "true" : "false",
        double d => IndependentReaders.Text(d),
        string s => s,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
