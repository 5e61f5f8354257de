using System.Globalization;
using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;
using Xunit;

namespace Ticklake.Tests.Columnar;

/// <summary>Files that DuckDB and Polars write, as our reader sees them.</summary>
public sealed class ParquetOthersTests : IDisposable
{
    /// <summary>Every type of DuckDB's that is read, with nulls, long and short texts, and runs.</summary>
    const string Query = """
        select i::integer as a, i * 1000003 as b, (i % 7)::bigint as c, i / 3.0::double as d, (i % 10) / 4.0::double as e,
        make_timestamptz(1737100800000000 + i * 17) as t, 'text ' || (i % 100) as s,
        case when i % 5 = 0 then null else repeat('é', (i % 40)::int) || i end as u, i % 3 = 0 as f,
        case when i % 11 > 3 then i end as n, (i / 7)::float as g, (i % 100)::tinyint as h, (i * 2)::smallint as j,
        (i * 70000)::uinteger as k, (i + 4000000000)::ubigint as l, (i % 200)::utinyint as m,
        case when i % 2 = 0 then make_timestamp(1737100800000000 + i) end as o, null::bigint as p, '' as q
        from range(8000) r(i)
        """;

    readonly string _folder = Directory.CreateTempSubdirectory("ticklake-others-").FullName;

    string FilePath => Path.Combine(_folder, "other.parquet");

    [Theory]
    [InlineData("")]
    [InlineData(", parquet_version V2")]
    [InlineData(", compression zstd")]
    [InlineData(", compression zstd, parquet_version V2")]
    [InlineData(", compression gzip, row_group_size 3000")]
    [InlineData(", compression uncompressed")]
    [InlineData(", dictionary_size_limit 0")]
    [InlineData(", compression uncompressed, parquet_version V2, dictionary_size_limit 0")]
    public async Task Files_of_duckdb_are_read(string options)
    {
        await IndependentReaders.DuckDbAsync($"copy ({Query}) to '{FilePath}' (format parquet{options})");
        ShouldHold(await IndependentReaders.DuckDbAsync(Query));
    }

    [Theory]
    [InlineData("default")]
    [InlineData("zstd")]
    [InlineData("snappy")]
    [InlineData("gzip")]
    public async Task Files_of_polars_are_read(string codec) =>
        ShouldHold(await IndependentReaders.PolarsAsync(FilePath, codec));

    [Fact]
    public async Task Dates_and_times_are_read_as_microseconds()
    {
        await WriteAsync("""
            select date '2025-01-17' as a, '2025-01-17 08:00:00.123'::timestamp_ms as b,
            '2025-01-17 08:00:01'::timestamp_s as c,
            '2025-01-17 08:00:00.123456'::timestamp_ns as d, date '1969-12-31' as e
            """);
        using var reader = ParquetReader.Open(FilePath);
        var table = reader.Read(0);
        reader.Schema.ShouldAllBe(column => column.Kind == ColumnKind.TimestampMicros);
        table.Columns.Select(column => column[0]).ShouldBe(
            [1737072000000000, 1737100800123000, 1737100801000000, 1737100800123456, -86400000000]);
        reader.BoundsOf(0, 0).ShouldBe((1737072000000000, 1737072000000000));
    }

    [Theory]
    [InlineData("select '2025-01-17 08:00:00.123456789'::timestamp_ns as a", "nanoseconds")]
    [InlineData("select 18446744073709551615::ubigint as a", "18446744073709551615")]
    public async Task Values_that_would_lose_something_are_refused(string query, string message)
    {
        await WriteAsync(query);
        using var reader = ParquetReader.Open(FilePath);
        var fault = Should.Throw<NotSupportedException>(() => reader.Read(0));
        fault.Message.ShouldContain(message);
        fault.Message.ShouldContain("column a");
    }

    [Theory]
    [InlineData("select [1, 2] as a", "Column a is nested")]
    [InlineData("select {'x': 1, 'y': {'z': [2]}} as a", "Column a is nested")]
    [InlineData("select map {'x': 1} as a", "Column a is nested")]
    [InlineData("select 1.5::decimal(10, 2) as a", "Column a")]
    [InlineData("select 1.5::decimal(38, 2) as a", "Column a")]
    [InlineData("select 'x'::blob as a", "Column a")]
    [InlineData("select time '08:00:00' as a", "Column a")]
    [InlineData("select uuid() as a", "Column a")]
    [InlineData("select interval 1 day as a", "Column a")]
    public async Task Other_kinds_of_column_are_refused_by_name_or_left_out(string query, string message)
    {
        await WriteAsync($"select 7 as before, *, 'é' as behind from ({query})");
        Should.Throw<NotSupportedException>(() => ParquetReader.Open(FilePath)).Message.ShouldContain(message);
        using var reader = new ParquetReader(File.OpenRead(FilePath), new ParquetReaderOptions { OmitsUnreadable = true });
        reader.Omitted.ShouldHaveSingleItem().Value.ShouldContain(message);
        reader.Schema.Select(column => column.Name).ShouldBe(["before", "behind"]);
        reader.Read(0).Columns.Select(column => column[0]).ShouldBe([7, "é"]);
    }

    public void Dispose() => Directory.Delete(_folder, true);

    async Task WriteAsync(string query) =>
        await IndependentReaders.DuckDbAsync($"copy ({query}) to '{FilePath}' (format parquet)");

    void ShouldHold(IReadOnlyList<string?[]> expected)
    {
        using var reader = ParquetReader.Open(FilePath);
        reader.RowCount.ShouldBe(expected.Count);
        var row = 0;
        for (var group = 0; group < reader.RowGroups.Count; group++)
        {
            var table = reader.Read(group);
            for (var i = 0; i < table.RowCount; i++, row++)
            {
                var cells = table.Columns.Select(column => Cell(column[i])).ToArray();
                if (!cells.AsSpan().SequenceEqual(expected[row]))
                    cells.ShouldBe(expected[row], $"row {row}");
            }
        }
    }

    static string? Cell(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        double number => IndependentReaders.Text(number),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
